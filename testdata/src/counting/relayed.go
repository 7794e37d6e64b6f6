package counting

import "github.com/revlint/revlint/testdata/src/lib/refc"

// A place that one function takes and another gives back is held from one call
// to the next: what one of them leaves is nobody's mistake as far as it can tell.

func (q *queue) open(data []byte) error {
	if !q.relay.TryAcquire() {
		return errBusy
	}
	if len(data) == 0 {
		q.relay.Release()
		return errBusy
	}
	q.head = nil
	if len(data) > 10 {
		return errBusy
	}
	return nil
}

func (q *queue) shut() {
	q.head = nil
	q.relay.Release()
}

// What a helper gives back for those that call it, and nobody else does, they give back.

type tickets struct {
	places refc.Sem
	taken  int
}

func (t *tickets) give() {
	t.taken--
	t.places.Release()
}

func badGivenByHelper(t *tickets, n int) int {
	if !t.places.TryAcquire() { // want revleak
		return 0
	}
	t.taken++
	if n > 10 {
		return 1
	}
	t.give()
	return n
}

// A helper of which somebody else makes use is a relay still.

type passes struct {
	places refc.Sem
	taken  int
}

func (p *passes) give() {
	p.taken--
	p.places.Release()
}

func okGivenElsewhere(p *passes, n int) int {
	if !p.places.TryAcquire() {
		return 0
	}
	p.taken++
	if n > 10 {
		return 1 // until it is shut
	}
	p.give()
	return n
}

func okShut(p *passes) {
	for p.taken > 0 {
		p.give()
	}
}
