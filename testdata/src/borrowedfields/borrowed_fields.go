// Package borrowedfields borrows a field of a result, while the result itself owes or is free.
package borrowedfields

import "errors"

var errEmpty = errors.New("no message")

// A Sub receives messages.
type Sub struct {
	n   int
	buf []byte
}

// A Msg has a body in a buffer of its subscription.
type Msg struct{ Body []byte }

// Next gives the next message. Its body is good until the next Next.
//
//revlint:borrow m.Body from s until Next
func (s *Sub) Next() (m *Msg) { return &Msg{s.buf} }

// Take gives a message that must be acknowledged. Its body is good until the next Take.
//
//revlint:acquire m
//revlint:borrow m.Body from s until Take
func (s *Sub) Take() (m *Msg, left int) { return &Msg{s.buf}, s.n }

// Try is Next, if there is a message.
//
//revlint:borrow m.Body from s until Try if err == nil
func (s *Sub) Try() (m *Msg, err error) {
	if s.n == 0 {
		return nil, errEmpty
	}
	return &Msg{s.buf}, nil
}

// Receive is Take, if there is a message.
//
//revlint:acquire m if err == nil
//revlint:borrow m.Body from s until Receive if err == nil
func (s *Sub) Receive() (m *Msg, err error) {
	if s.n == 0 {
		return nil, errEmpty
	}
	return &Msg{s.buf}, nil
}

// Ack acknowledges a message.
//
//revlint:release m
func (m *Msg) Ack() {}

func badNext(s *Sub) byte {
	first := s.Next()
	s.Next()
	return first.Body[0] // want revuse
}

func okNext(s *Sub) byte {
	first := s.Next().Body[0]
	s.Next()
	return first
}

func badTake(s *Sub) byte {
	first, _ := s.Take()
	defer first.Ack()
	second, _ := s.Take()
	defer second.Ack()
	return first.Body[0] // want revuse
}

// The message is there, its body is overwritten.
func badTry(s *Sub) byte {
	first, err := s.Try()
	if err != nil {
		return 0
	}
	if _, err := s.Try(); err != nil {
		return 0
	}
	return first.Body[0] // want revuse
}

func okTry(s *Sub) byte {
	first, err := s.Try()
	if err != nil {
		return 0
	}
	b := first.Body[0]
	s.Try()
	return b
}

// The look at the body is judged by the loan on the body, not by that of the message.
func badReceive(s *Sub) byte {
	first, err := s.Receive()
	if err != nil {
		return 0
	}
	defer first.Ack()
	second, err := s.Receive()
	if err != nil {
		return 0
	}
	defer second.Ack()
	return first.Body[0] // want revuse
}

func okReceive(s *Sub) byte {
	first, err := s.Receive()
	if err != nil {
		return 0
	}
	b := first.Body[0]
	first.Ack()
	second, err := s.Receive()
	if err != nil {
		return b
	}
	defer second.Ack()
	return b + second.Body[0]
}
