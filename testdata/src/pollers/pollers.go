// Package pollers holds loops that make very many accesses, or one long one, right and wrong.
package pollers

import "github.com/revlint/revlint/revocable"

type port struct {
	packets []int
	sent    int
}

func (p *port) next() (packet int, ok bool) {
	if p.sent == len(p.packets) {
		return 0, false
	}
	p.sent++
	return p.packets[p.sent-1], true
}

type poller struct {
	last   *port
	reader *revocable.Reader[port]
}

func drains(h revocable.Handle[port]) (sum int) {
	r := h.Reader()
	defer r.Close()
	for {
		p, ok := r.Enter()
		if !ok {
			return sum
		}
		packet, _ := p.next()
		r.Leave()
		sum += packet
	}
}

func nests(r *revocable.Reader[port]) int {
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	defer r.Leave()
	return p.sent + once(r)
}

func once(r *revocable.Reader[port]) int {
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	defer r.Leave()
	return p.sent
}

func unchecked(r *revocable.Reader[port]) int {
	p, _ := r.Enter()
	n := p.sent // want revnil
	r.Leave()
	return n
}

func usesAfterLeave(r *revocable.Reader[port]) int {
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	r.Leave()
	return p.sent // want revuse
}

// What a Reader gives lasts until it has left as often as it entered.
func nestsHere(r *revocable.Reader[port]) int {
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	if q, ok := r.Enter(); ok {
		q.sent++
		r.Leave()
	}
	n := p.sent
	r.Leave()
	return n
}

func usesInnerAfterLeave(r *revocable.Reader[port]) int {
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	defer r.Leave()
	q, ok := r.Enter()
	if !ok {
		return 0
	}
	n := p.sent
	r.Leave()
	return n + q.sent // want revuse
}

// Who enters for the caller.
func enters(r *revocable.Reader[port]) (*port, bool) { return r.Enter() }

func entersByHelper(r *revocable.Reader[port]) int {
	p, ok := enters(r)
	if !ok {
		return 0
	}
	n := p.sent
	r.Leave()
	return n
}

func remembersTheLast(r *revocable.Reader[port]) (sum int) {
	var last *port
	for {
		p, ok := r.Enter()
		if !ok {
			return sum
		}
		if last != nil {
			sum += last.sent // want revuse
		}
		last = p
		r.Leave()
	}
}

func leavesByDefer(h revocable.Handle[port]) int {
	r := h.Reader()
	defer r.Close()
	p, ok := r.Enter()
	if !ok {
		return 0
	}
	defer r.Leave()
	return p.sent
}

func revokesAfterLeave(p *revocable.Provider[port]) {
	r := p.Handle().Reader()
	defer r.Close()
	if res, ok := r.Enter(); ok {
		res.sent = 0
		r.Leave()
	}
	p.Revoke()
}

func leavesOnOnePathOnly(r *revocable.Reader[port]) int {
	p, ok := r.Enter() // want revleak
	if !ok {
		return 0
	}
	if p.sent > 0 {
		return p.sent
	}
	r.Leave()
	return 0
}

func (q *poller) keeps() {
	if p, ok := q.reader.Enter(); ok {
		q.last = p // want revescape
		q.reader.Leave()
	}
}

// The caller may be within an access of r.
func leavesTwice(r *revocable.Reader[port]) {
	if _, ok := r.Enter(); !ok {
		return
	}
	r.Leave()
	r.Leave()
}

func revokesInside(p *revocable.Provider[port]) {
	r := p.Handle().Reader()
	defer r.Close()
	if _, ok := r.Enter(); ok {
		p.Revoke() // want revwait
		r.Leave()
	}
}

// A long access asks whether somebody waits for it.
func polls(h revocable.Handle[port]) (sum int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	for !g.Revoked() {
		packet, ok := p.next()
		if !ok {
			break
		}
		sum += packet
	}
	return sum
}

func pollsAfterRelease(h revocable.Handle[port]) (sum int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	g.Release()
	for !g.Revoked() {
		sum += p.sent // want revuse
	}
	return sum
}

// An access without the resource.
func holds(h revocable.Holder, fn func()) bool {
	g, ok := h.TryHold()
	if !ok {
		return false
	}
	defer g.Release()
	fn()
	return true
}

func holdsAll(hs ...revocable.Holder) bool {
	for _, h := range hs {
		g, ok := h.TryHold()
		if !ok {
			return false
		}
		defer g.Release()
	}
	return true
}

func holdsForEver(h revocable.Holder, fn func()) {
	if g, ok := h.TryHold(); ok { // want revleak
		fn()
		_ = g.Revoked()
	}
}

func holdsHandleForEver(h revocable.Handle[port], n int) bool {
	g, ok := h.TryHold() // want revleak
	if ok && n > 0 {
		g.Release()
	}
	return ok
}

func holdsAndRevokes(p *revocable.Provider[port]) {
	g, ok := p.Handle().TryHold()
	if !ok {
		return
	}
	p.Revoke() // want revwait
	g.Release()
}
