//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"github.com/revlint/revlint/revocable"
)

// A port is a serial port in raw mode: the resource that can be unplugged. Consumers have
// a handle of it, never the port itself.
type port struct {
	tty *os.File
}

// errHungUp is what a port answers when nothing is plugged in any more. Whoever is told so
// may be ahead of the revocation, for the driver is told at the same time.
var errHungUp = errors.New("the port has hung up")

// Read sleeps until there are bytes. It is woken with an error when the port hangs up and
// when the driver takes it away.
func (p *port) Read(b []byte) (int, error) {
	n, err := p.tty.Read(b)
	return n, hangUp(err)
}

// Write sleeps until all bytes are on their way, and is woken as Read is.
func (p *port) Write(b []byte) (int, error) {
	n, err := p.tty.Write(b)
	return n, hangUp(err)
}

// wake ends all reads and writes, those that sleep and those to come: the interrupt of a
// revocation.
func (p *port) wake() {
	_ = p.tty.SetDeadline(time.Unix(1, 0)) // fails only on a port that is closed, where nobody sleeps
}

func (p *port) close() {
	p.tty.Close() // it fails on most ports that have hung up, and is closed all the same
}

// hangUp turns the errors by which a terminal says that it has hung up, and the one that
// wakes sleepers, into errHungUp.
func hangUp(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) || errors.Is(err, os.ErrDeadlineExceeded) {
		return errHungUp
	}
	return err
}

// A driver owns one port: it notices that it hangs up, and then takes it away from all
// who have a handle of it.
type driver struct {
	provider *revocable.Provider[port]
	lookout  *os.File      // the same terminal opened once more, to watch it while others read
	gone     chan struct{} // closed once the port is closed and nobody uses it any more
}

// attach opens the terminal of that name and puts it in raw mode.
func attach(name string) (*driver, error) {
	tty, err := openRaw(name)
	if err != nil {
		return nil, fmt.Errorf("attaching %s: %w", name, err)
	}
	lookout, err := os.OpenFile(name, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		//lint:ignore revrelease openRaw has not closed it
		tty.Close()
		return nil, fmt.Errorf("attaching %s: %w", name, err)
	}
	return drive(&port{tty: tty}, lookout), nil
}

// drive makes a driver of a port. That and lookout are the driver's from here on.
//
//revlint:move lookout
func drive(p *port, lookout *os.File) *driver {
	d := &driver{
		provider: revocable.NewProvider(p, revocable.WithInterrupt((*port).wake), revocable.WithCleanup((*port).close)),
		lookout:  lookout,
		gone:     make(chan struct{}),
	}
	go d.watch()
	return d
}

// handle is what consumers get.
func (d *driver) handle() revocable.Handle[port] {
	return d.provider.Handle()
}

// detach takes the port away although it has not hung up. It returns when nobody uses it
// any more and it is closed.
func (d *driver) detach() {
	d.lookout.Close() // which ends the watch
	<-d.gone
}

// watch waits for the port to hang up, or for detach, and takes it away: nobody gets at it
// any more, those who sleep in it are woken, and when the last has left it is closed.
func (d *driver) watch() {
	defer close(d.gone)
	awaitHangUp(d.lookout)
	d.lookout.Close()
	d.provider.Revoke()
}

// awaitHangUp returns when the terminal hangs up, or cannot be watched any more because
// it is closed. It waits in the run time's poller, as a read does, but reads nothing.
func awaitHangUp(tty *os.File) {
	conn, err := tty.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Read(func(fd uintptr) (done bool) {
		state := []unix.PollFd{{Fd: int32(fd)}} // no events: a hang-up is reported unasked
		_, err := unix.Poll(state, 0)
		return err == nil && state[0].Revents&(unix.POLLHUP|unix.POLLERR|unix.POLLNVAL) != 0
	}) // fails only on a terminal that is closed
}

// openRaw opens a terminal that passes all bytes on as they are.
func openRaw(name string) (*os.File, error) {
	//lint:ignore revleak makeRaw does not keep it
	tty, err := os.OpenFile(name, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	if err := makeRaw(tty); err != nil {
		//lint:ignore revrelease makeRaw has not closed it
		tty.Close()
		return nil, fmt.Errorf("raw mode: %w", err)
	}
	return tty, nil
}

// makeRaw reaches the descriptor by SyscallConn, since Fd would make it a blocking one,
// whose sleepers nobody can wake.
func makeRaw(tty *os.File) error {
	conn, err := tty.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := conn.Control(func(fd uintptr) { _, failed = term.MakeRaw(int(fd)) }); err != nil {
		return err
	}
	return failed
}
