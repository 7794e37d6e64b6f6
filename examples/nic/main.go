//go:build unix

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func main() {
	load := flag.Duration("load", 300*time.Millisecond, "how long each card is put under load")
	flag.Parse()
	if err := demo(os.Stdout, *load); err != nil {
		fmt.Fprintln(os.Stderr, "nic:", err)
		os.Exit(1)
	}
}

// demo plugs in two cards, one after the other, and pulls each out in the midst of its work.
func demo(out io.Writer, load time.Duration) error {
	dir, err := os.MkdirTemp("", "nic")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	dev := device.New("eth0")
	for _, name := range []string{"first", "second"} {
		t, err := removeUnderLoad(dev, dir, name, load)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%v, %s card: %d frames sent, %d received, %d ioctls, then pulled out; unbound in %v, every user was told\n",
			dev, name, t.sent.Load(), t.received.Load(), t.ioctls.Load(), t.unbind.Round(time.Microsecond))
	}
	return nil
}

// A tally is what the users of a card did.
type tally struct {
	sent, received, ioctls atomic.Int64
	unbind                 time.Duration // how long the unbind took
}

// removeUnderLoad plugs a card in, has users at work on all its operations, pulls the card
// out and unbinds the device, as the bus does. Every user ends when it is told ENODEV; any
// other error is returned.
func removeUnderLoad(dev *device.Device, dir, name string, load time.Duration) (*tally, error) {
	c, err := plugIn(dir, name, cardID)
	if err != nil {
		return nil, err
	}
	n, err := attach(dev, c.slot)
	if err != nil {
		c.pull()
		return nil, err
	}
	t := new(tally)
	wait := n.putToWork(t)
	time.Sleep(load)
	c.pull()
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := dev.Unbind(ctx); err != nil {
		return nil, fmt.Errorf("unbinding %v: %w", dev, err)
	}
	t.unbind = time.Since(began)
	return t, wait()
}

// putToWork starts users of all operations. The function that it returns waits for them.
func (n *nic) putToWork(t *tally) (wait func() error) {
	var users sync.WaitGroup
	failed := make(chan error, 1)
	work := func(count *atomic.Int64, operation func() error) {
		users.Go(func() {
			for {
				switch err := operation(); {
				case err == nil:
					count.Add(1)
				case errors.Is(err, syscall.ENOBUFS):
					runtime.Gosched()
				case errors.Is(err, syscall.ENODEV):
					return
				default:
					select {
					case failed <- err:
					default: // one is enough
					}
					return
				}
			}
		})
	}
	work(&t.ioctls, func() error { _, err := n.ioctl(getID); return err })
	work(&t.ioctls, func() error { _, err := n.ioctl(getLink); return err })
	work(&t.sent, func() error { return n.send([]byte("hello")) })
	work(&t.sent, func() error { return n.send([]byte("is anybody there?")) })
	work(&t.received, func() error { _, err := n.receive(); return err })
	return func() error {
		users.Wait()
		select {
		case err := <-failed:
			return err
		default:
			return nil
		}
	}
}
