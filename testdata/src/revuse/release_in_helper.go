package revuse

import "github.com/revlint/revlint/revocable"

func end(g *revocable.Guard) { g.Release() }

func endIf(g *revocable.Guard, done bool) bool {
	if done {
		g.Release()
	}
	return done
}

type session struct {
	frame *frame
	guard revocable.Guard
}

func begin(h handle) *session {
	f, g := h.TryAccess()
	if f == nil {
		return nil
	}
	return &session{f, g}
}

func (s *session) end() { s.guard.Release() }

func helperThenUse(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	end(&g)
	return f.seq // want revuse
}

func useThenHelper(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := f.seq
	end(&g)
	return n
}

func deferredHelper(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	defer end(&g)
	return f.seq
}

func helperTells(h handle, done bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if endIf(&g, done) {
		return 0
	}
	defer g.Release()
	return f.seq
}

func helperTellsTheWrongWay(h handle, done bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if endIf(&g, done) {
		return f.seq // want revuse
	}
	g.Release()
	return 0
}

func closureReleases(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	done := func() { g.Release() }
	n := f.seq
	done()
	return n + f.size() // want revuse
}

func closureReleasesLast(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	done := func() { g.Release() }
	defer done()
	return f.seq + f.size()
}

func endedSession(h handle) int {
	s := begin(h)
	if s == nil {
		return 0
	}
	s.end()
	return s.frame.seq // want revuse
}

func liveSession(h handle) int {
	s := begin(h)
	if s == nil {
		return 0
	}
	defer s.end()
	return s.frame.seq
}

func literalCalledAtOnce(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	func() {
		defer g.Release()
		f.seq++
	}()
	return f.seq // want revuse
}

func passedToHelperTooLate(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := sum(f.data)
	g.Release()
	return n + sum(f.payload()) // want revuse
}
