package contracts

import (
	"io"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

// A Reply goes to whoever sent a message.
type Reply struct{ n int }

// A Parcel is a message with a body that is read.
type Parcel struct {
	Body io.Reader
	From *Reply
}

// A Receiver gets parcels.
type Receiver interface {
	//revlint:scoped re, p.Body
	Receive(re *Reply, p *Parcel)
}

type replying struct {
	io.Reader
	to *Reply
}

type desk struct{ last *Parcel }

// Decision 50: what is put into the body ends with it.
func (d *desk) Receive(re *Reply, p *Parcel) {
	p.Body = replying{p.Body, re}
	io.ReadAll(p.Body)
}

type limit struct{ next Receiver }

// Decision 50: the same through a function, and on one way alone.
func (l limit) Receive(re *Reply, p *Parcel) {
	if l.next != nil {
		p.Body = metered(p.Body, re)
		l.next.Receive(re, p)
	}
}

func metered(r io.Reader, re *Reply) io.Reader { return &replying{io.LimitReader(r, 9), re} }

type box struct{ last *Reply }

// Decision 50: another field of the same is not the place.
func (b *box) Receive(re *Reply, p *Parcel) {
	p.From = re // want revescape
}

type chest struct{ parcel *Parcel }

// Decision 50: nor is the field of another.
func (c *chest) Receive(re *Reply, p *Parcel) {
	c.parcel.Body = replying{p.Body, re} // want revescape
}

var _ = []Receiver{(*desk)(nil), limit{}, (*box)(nil), (*chest)(nil)}

// A Line is a connection that was taken out of a server.
type Line struct{}

//revlint:release l idempotent
func (l *Line) Close() error { return nil }

// A Window is what was read of a line already.
type Window struct{ n int }

//revlint:acquire w guard l if err == nil
func takeOut() (l *Line, w *Window, err error) { return new(Line), new(Window), nil }

// Decision 50: the window ends with the line.
func windowAfterLine() int {
	l, w, err := takeOut()
	if err != nil {
		return 0
	}
	l.Close()
	return w.n // want revuse
}

// Decision 50: before it ends.
func windowBeforeLine() int {
	l, w, err := takeOut()
	if err != nil {
		return 0
	}
	defer l.Close()
	return w.n
}

// Decision 51: each of them is released.
func allIterators(db *kv.DB, prefixes []string) (n int, err error) {
	var its []*kv.Iter
	defer func() {
		for _, it := range its {
			it.Close()
		}
	}()
	for _, p := range prefixes {
		it, err := db.NewIter(p)
		if err != nil {
			return 0, err
		}
		its = append(its, it)
		if it.First() {
			n++
		}
	}
	return n, nil
}

// Decision 51: the loop may leave before one is released.
func someIterators(db *kv.DB, prefixes []string) bool {
	var its []*kv.Iter
	for _, p := range prefixes {
		it, err := db.NewIter(p) // want revleak
		if err != nil {
			break
		}
		its = append(its, it)
	}
	for _, it := range its {
		if !it.First() {
			return false
		}
		it.Close()
	}
	return true
}

// Decision 51: one that was opened before the one that fails. It takes two.
func lostIterators(db *kv.DB, prefixes []string) error {
	var its []*kv.Iter
	for _, p := range prefixes {
		it, err := db.NewIter(p) // missed: revleak
		if err != nil {
			return err
		}
		its = append(its, it)
	}
	for _, it := range its {
		it.Close()
	}
	return nil
}
