package certainty

import "bufio"

// What is borrowed from an object, and stands in the object itself, goes with it. A part of the same struct that is
// no part of the owner is something else.

type head struct {
	line, host []byte
	all        [][]byte
}

//revlint:borrow b from h
func (h *head) peek() (b []byte) { return h.line }

type exchange struct {
	in, out head
	seen    []byte
}

//revlint:scoped fn(x)
func serveExchange(fn func(x *exchange)) { fn(new(exchange)) }

func (h *head) remember() []byte {
	h.host = h.peek()
	return h.host
}

func (h *head) peekAll() [][]byte {
	h.all = h.all[:0]
	if b := h.peek(); len(b) > 0 {
		h.all = append(h.all, b)
	}
	return h.all
}

func okAllKeptByOwner(n *int) {
	serveExchange(func(x *exchange) {
		all := x.in.peekAll()
		for _, b := range all {
			*n += len(b)
		}
	})
}

// exchanges are handled by functions that are lent one.
//
//revlint:scoped x
type handler func(x *exchange)

func handleAll(x *exchange) {
	if all := x.in.peekAll(); len(all) > 0 {
		x.seen = nil
	}
}

var okAllHandled handler = handleAll

var okAllHandledInPlace handler = func(x *exchange) {
	all := x.in.peekAll()
	if len(all) > 0 {
		println(len(all))
		return
	}
	x.seen = nil
}

func okKeptByOwner() {
	serveExchange(func(x *exchange) {
		x.in.host = x.in.peek()
	})
}

func okKeptByMethodOfOwner(n *int) {
	serveExchange(func(x *exchange) {
		*n = len(x.in.remember())
	})
}

type lines struct {
	*bufio.Scanner
	last []byte
}

func (l *lines) badKeptBesideOwner() bool {
	l.last = l.Bytes() // want revescape
	return l.Scan()
}

type ownLines struct {
	bufio.Scanner
	last []byte
}

func (l *ownLines) badKeptBesideOwnOwner() bool {
	l.last = l.Bytes() // want revescape
	return l.Scan()
}
