//go:build unix

package main

import (
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
)

// A line is the line discipline: the consumer of a port, which sends and receives frames.
// One goroutine at a time may receive, and one at a time may send.
//
// It holds a handle for as long as it likes, and asks for the port each time.
type line struct {
	port    revocable.Handle[port]
	decoder decoder
	buffer  [256]byte
	unread  []byte // the part of buffer that is not decoded yet

	// halfway, if not nil, is called by receive when it is about to sleep in mid-frame,
	// with the number of bytes that have come of the frame.
	halfway func(pending int)
}

// An unplugged error says that the port of a line has gone, and what went with it.
// errors.Is(err, revocable.ErrRevoked) holds.
type unplugged struct {
	midFrame string // how far the frame was that went with the port; empty if there was none
}

func (u *unplugged) Error() string {
	if u.midFrame == "" {
		return "the port was unplugged"
	}
	return "the port was unplugged in mid-frame: " + u.midFrame
}

func (u *unplugged) Unwrap() error { return revocable.ErrRevoked }

// receive sleeps until a frame has come, and returns it. After a lostFrame error it may be
// called again; after any other the line is of no more use.
func (l *line) receive() ([]byte, error) {
	for {
		frame, rest, err := l.decoder.decode(l.unread)
		l.unread = rest
		if frame != nil || err != nil {
			return frame, err
		}
		if pending := l.decoder.pending(); pending > 0 && l.halfway != nil {
			l.halfway(pending)
		}
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
}

// fill sleeps until bytes have come. It sleeps within an access, which it may: whoever
// takes the port away wakes it.
func (l *line) fill() error {
	p, access := l.port.TryAccess()
	if p == nil {
		return l.unplugged()
	}
	defer access.Release()
	n, err := p.Read(l.buffer[:])
	l.unread = l.buffer[:n]
	if errors.Is(err, errHungUp) {
		return l.unplugged()
	}
	return err
}

// unplugged gives up the frame that was coming.
func (l *line) unplugged() error {
	u := new(unplugged)
	if pending := l.decoder.pending(); pending > 0 {
		u.midFrame = fmt.Sprintf("%d bytes of it had come", pending)
	}
	l.decoder = decoder{}
	return u
}

// send returns when the frame is on its way.
func (l *line) send(frame []byte) error {
	coded := encode(frame)
	//lint:ignore revuse only the clean-up closes the port's file, and that is after the last access
	sent, err := revocable.Do(l.port, func(p *port) (int, error) { return p.Write(coded) })
	switch {
	case errors.Is(err, revocable.ErrRevoked):
		return new(unplugged)
	case errors.Is(err, errHungUp):
		return &unplugged{midFrame: fmt.Sprintf("%d of its %d bytes were sent", sent, len(coded))}
	}
	return err
}

// A service answers frames.
type service struct {
	answer  func(frame []byte) []byte
	report  func(error)       // is told of everything that went wrong
	halfway func(pending int) // see line
}

// serve serves one port after another: when one has gone it waits for the next. It returns
// when there are no more to come.
func (s *service) serve(ports <-chan revocable.Handle[port]) {
	for port := range ports {
		s.servePort(port)
	}
}

// servePort answers frames until the port has gone.
func (s *service) servePort(port revocable.Handle[port]) {
	l := &line{port: port, halfway: s.halfway}
	for {
		frame, err := l.receive()
		if err == nil {
			err = l.send(s.answer(frame))
		}
		if err == nil {
			continue
		}
		s.report(err)
		if _, lost := errors.AsType[*lostFrame](err); !lost {
			return
		}
	}
}
