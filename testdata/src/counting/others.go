package counting

import "github.com/revlint/revlint/testdata/src/lib/refc"

// Who retains what is only lent has a reference of its own.
func (q *queue) retainEach(l *refc.List) {
	l.Each(func(b *refc.Buf) {
		b.Retain()
		q.head = b
	})
}

func (q *queue) keepEach(l *refc.List) {
	l.Each(func(b *refc.Buf) {
		q.head = b // want revescape
	})
}

// The data is the caller's, as long as the caller has its own reference.
func viewed(b *refc.Buf) byte {
	b.Retain()
	d := b.Data()
	b.Release()
	return d[0]
}

// The second release gives back the caller's reference.
func consumed(b *refc.Buf) int {
	b.Retain()
	n := b.Len()
	b.Release()
	b.Release()
	return n
}

func consumedIfGone(b *refc.Buf) {
	if !b.TryRetain() {
		b.Release()
		return
	}
	b.Release()
}

// Held where all went well, and given back where something failed.
func (q *queue) start(b *refc.Buf) error {
	b.Retain()
	if len(q.bufs) > 10 {
		b.Release()
		return errBusy
	}
	q.bufs = q.bufs[:0]
	return nil
}

func (q *queue) startLeaky(b *refc.Buf) error {
	b.Retain() // want revleak
	if len(q.bufs) > 10 {
		return errBusy
	}
	b.Release()
	return nil
}

// A semaphore that others have may be given back by them.
func shared(publish func(*refc.Sem)) bool {
	s := new(refc.Sem)
	publish(s)
	return s.TryAcquire()
}

// Nobody else has this one.
func alone() bool {
	s := new(refc.Sem)    // nobody else has it
	return s.TryAcquire() // want revleak
}

// Nothing was acquired: a place more is free now.
func roomForOne() (s refc.Sem) {
	s.Release()
	return s
}

// Its first reference is the queue's; nobody will give back the second.
func (q *queue) retainKept(data []byte) {
	b := refc.New(data)
	q.head = b
	b.Retain() // want revleak
}
