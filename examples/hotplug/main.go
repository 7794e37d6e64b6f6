//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
)

func main() {
	if err := demo(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "hotplug:", err)
		os.Exit(1)
	}
}

// unfinished is the frame in whose middle the first modem is unplugged.
const unfinished = "this frame will never en"

// demo plugs a modem in, talks through it, unplugs it in mid-frame, and does the same with
// another. The computer's service runs all the time.
func demo(out io.Writer) error {
	tell := teller(out)
	halfway := make(chan struct{}, 1)
	computer := &service{
		answer: func(frame []byte) []byte {
			tell("computer  received %q", frame)
			return fmt.Appendf(nil, "%d bytes, thanks", len(frame))
		},
		report: func(err error) { tell("computer  %v", err) },
		halfway: func(pending int) {
			if pending == len(unfinished) {
				halfway <- struct{}{}
			}
		},
	}
	ports := make(chan revocable.Handle[port])
	var running sync.WaitGroup
	running.Go(func() { computer.serve(ports) })
	defer running.Wait()
	defer close(ports)

	for range 2 {
		if err := session(ports, halfway, tell); err != nil {
			return err
		}
	}
	return nil
}

// session is the time from plugging a modem in to unplugging it.
func session(ports chan<- revocable.Handle[port], halfway <-chan struct{}, tell func(string, ...any)) (err error) {
	m, err := plugIn()
	if err != nil {
		return err
	}
	d, err := attach(m.name)
	if err != nil {
		return errors.Join(err, m.pull())
	}
	handle := d.handle()
	ports <- handle // the computer has done with the port before when it takes this one
	tell("modem     plugged in: %s", m.name)
	defer func() {
		err = errors.Join(err, m.pull())
		<-d.gone
		tell("modem     unplugged; its port is closed")
		if handle.With(func(*port) error { return nil }) == nil {
			err = errors.Join(err, errors.New("the port of a modem that was unplugged can be reached"))
		}
	}()

	for _, frame := range [][]byte{[]byte("hello"), {end, 'S', 'L', 'I', 'P', escape, escapedEnd}} {
		answer, err := m.call(frame)
		if err != nil {
			return err
		}
		tell("modem     is answered %q", answer)
	}
	if err := m.transmit(append([]byte{end}, unfinished...)); err != nil {
		return err
	}
	select {
	case <-halfway:
		tell("modem     is in the middle of %q", unfinished)
		return nil
	case <-time.After(patience):
		return errors.New("half a frame does not arrive")
	}
}

// teller returns a function that prints lines, and may be called by many.
func teller(out io.Writer) func(format string, args ...any) {
	var mu sync.Mutex
	return func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(out, format+"\n", args...)
	}
}
