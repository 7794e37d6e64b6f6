package heldreleases

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type access struct {
	*sensor.Sensor
	g revocable.Guard
}

func (a *access) Close() error { a.g.Release(); return nil }

func open(h sensor.Handle) (*access, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	return &access{s, g}, nil
}

// The last of several is kept: where it is nil, none of them has been opened.
func okLast(hs []sensor.Handle) float64 {
	var last *access
	for _, h := range hs {
		a, err := open(h)
		if err != nil {
			continue
		}
		if last != nil {
			last.Close()
		}
		last = a
	}
	if last == nil {
		return 0
	}
	defer last.Close()
	return last.Read()
}

func okBest(hs []sensor.Handle) (*access, error) {
	var best *access
	for _, h := range hs {
		a, err := open(h)
		if err != nil {
			if best != nil {
				best.Close()
			}
			return nil, err
		}
		if best == nil {
			best = a
			continue
		}
		worse := a
		if a.Read() > best.Read() {
			worse, best = best, a
		}
		worse.Close()
	}
	return best, nil
}

func reopen(h sensor.Handle, old *access) *access {
	if old != nil {
		old.Close()
	}
	a, err := open(h)
	if err != nil {
		return nil
	}
	return a
}

func okReopened(hs []sensor.Handle) {
	var cur *access
	defer func() {
		if cur != nil {
			cur.Close()
		}
	}()
	for _, h := range hs {
		if cur = reopen(h, cur); cur == nil {
			break
		}
	}
}

// The others are not closed.
func badLast(hs []sensor.Handle) float64 {
	var last *access
	for _, h := range hs {
		a, err := open(h) // want revleak
		if err != nil {
			continue
		}
		last = a
	}
	if last == nil {
		return 0
	}
	defer last.Close()
	return last.Read()
}

// Nobody closes the best one.
func badBest(hs []sensor.Handle) (v float64) {
	var best *access
	for _, h := range hs {
		a, err := open(h) // want revleak
		if err != nil {
			continue
		}
		if best != nil {
			best.Close()
		}
		best = a
	}
	if best != nil {
		v = best.Read()
	}
	return v
}

type remote struct {
	*sensor.Sensor
	g *revocable.Guard
}

func (a *remote) Close() error { a.g.Release(); return nil }

// What is released stands behind a pointer.
func dial(h sensor.Handle) (*remote, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	return &remote{s, &g}, nil
}

func okClosedBeside(h sensor.Handle) {
	a, err := dial(h)
	if err != nil {
		return
	}
	go func() {
		defer a.Close()
		a.Read()
	}()
}

func okReleasedBeside(h sensor.Handle) {
	a, err := dial(h)
	if err != nil {
		return
	}
	go func() { a.g.Release() }()
}

func okSentWhatCloses(h sensor.Handle, closers chan<- func() error) {
	a, err := dial(h)
	if err != nil {
		return
	}
	closers <- func() error { return a.Close() }
}

func okClosedWithContext(ctx context.Context, h sensor.Handle) {
	a, err := dial(h)
	if err != nil {
		return
	}
	context.AfterFunc(ctx, func() { a.Close() })
}

func badReadBeside(h sensor.Handle, v chan<- float64) {
	a, err := dial(h) // want revleak
	if err != nil {
		return
	}
	go func() { v <- a.Value }()
}

// Whoever stops it in time closes it.
func okStoppedInTime(ctx context.Context, h sensor.Handle) float64 {
	a, err := open(h)
	if err != nil {
		return 0
	}
	stop := context.AfterFunc(ctx, func() { a.Close() })
	v := a.Read()
	if stop() {
		a.Close()
	}
	return v
}

// What is read there is not there any more.
func badReadAfter(ctx context.Context, h sensor.Handle, v chan<- float64) {
	a, err := open(h)
	if err != nil {
		return
	}
	context.AfterFunc(ctx, func() { // want revescape
		v <- a.Read()
		a.Close()
	})
	a.Close()
}
