// Package counting uses buffers that are counted, and a semaphore.
package counting

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/refc"
)

var errBusy = errors.New("busy")

type queue struct {
	bufs  []*refc.Buf
	head  *refc.Buf
	sem   *refc.Sem
	relay *refc.Sem
}

func length(data []byte) int {
	b := refc.New(data)
	defer b.Release()
	return len(b.Data())
}

func lost(data []byte) int {
	b := refc.New(data) // want revleak
	return b.Len()
}

func dataAfterwards(data []byte) byte {
	b := refc.New(data)
	d := b.Data()
	b.Release()
	return d[0] // want revuse
}

func releasedTwice(data []byte) {
	b := refc.New(data)
	b.Release()
	b.Release() // want revrelease
}

func retained(data []byte) byte {
	b := refc.New(data)
	b.Retain()
	b.Release()
	n := b.Data()[0]
	b.Release()
	return n
}

func retainedAndLost(data []byte) {
	b := refc.New(data) // want revleak
	b.Retain()
	b.Release()
}

// A reference of its own: the caller's lies beneath.
func (q *queue) push(b *refc.Buf) {
	b.Retain()
	q.bufs = append(q.bufs, b)
}

func (q *queue) pop() *refc.Buf {
	b := q.bufs[0]
	q.bufs = q.bufs[1:]
	return b
}

func (q *queue) drop() {
	b := q.pop()
	b.Release()
}

func (q *queue) clear() {
	for _, b := range q.bufs {
		b.Release()
	}
	q.bufs = nil
}

func ofParameter(b *refc.Buf) int {
	b.Retain()
	n := b.Len()
	b.Release()
	return n + b.Len()
}

func tried(b *refc.Buf) (byte, bool) {
	if !b.TryRetain() {
		return 0, false
	}
	defer b.Release()
	return b.Data()[0], true
}

func triedAndLost(b *refc.Buf, short bool) bool {
	if !b.TryRetain() { // want revleak
		return false
	}
	if short {
		return false
	}
	b.Release()
	return true
}

func kept(data []byte, q *queue) {
	b := refc.New(data)
	q.head = b
}

func keptOrNot(data []byte, q *queue) error {
	b := refc.New(data)
	if len(q.bufs) > 10 {
		b.Release()
		return errBusy
	}
	q.push(b)
	b.Release()
	return nil
}

func (q *queue) work(f func()) error {
	if !q.sem.TryAcquire() {
		return errBusy
	}
	defer q.sem.Release()
	f()
	return nil
}

func (q *queue) workLeaky(data []byte) error {
	if !q.sem.TryAcquire() { // want revleak
		return errBusy
	}
	if len(data) == 0 {
		return errors.New("nothing to do")
	}
	q.sem.Release()
	return nil
}

func (q *queue) acquire() bool { return q.sem.TryAcquire() }

func (q *queue) release() { q.sem.Release() }

func (q *queue) workByHelpers(f func()) bool {
	if !q.acquire() {
		return false
	}
	defer q.release()
	f()
	return true
}
