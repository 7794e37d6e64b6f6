package collections

import (
	"errors"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// What a callee does to elements it does to none if there are none. It cannot tell its callers
// on which of its ways out that was so.

var errGone = errors.New("gone")

func closeAll(gs []revocable.Guard) (err error) {
	for i := range gs {
		gs[i].Release()
		err = errGone
	}
	return err
}

func closeEach(gs ...*revocable.Guard) (err error) {
	for _, g := range gs {
		g.Release()
		err = errGone
	}
	return err
}

type releaser interface{ Release() }

func closeReleasers(rs []releaser) (n int, err error) {
	for _, r := range rs {
		r.Release()
		n++
	}
	if n == 0 {
		return 0, errGone
	}
	return n, nil
}

func okClosedByACallee(h sensor.Handle) error {
	var gs []revocable.Guard
	s, g := h.TryAccess()
	if s == nil {
		return errGone
	}
	gs = append(gs, g)
	return closeAll(gs)
}

func okClosedByAVariadicCallee(h, k sensor.Handle) error {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	if err := closeEach(&g, &f); err != nil {
		return err
	}
	return nil
}

func okClosedBehindAnInterface(h sensor.Handle) error {
	_, g := h.TryAccess()
	rs := []releaser{&g}
	if _, err := closeReleasers(rs); err != nil {
		return err
	}
	return nil
}

// One of several opened fails: those before it are closed.
func okAllOrNone(hs []sensor.Handle) ([]revocable.Guard, error) {
	var gs []revocable.Guard
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			return nil, closeAll(gs)
		}
		gs = append(gs, g)
	}
	return gs, nil
}

func badAllOrNone(hs []sensor.Handle) ([]revocable.Guard, error) {
	var gs []revocable.Guard
	for _, h := range hs {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			return nil, errGone
		}
		gs = append(gs, g)
	}
	return gs, nil
}

// The collection goes into something that outlives the function, or that closes it.

type rack struct {
	gs  []revocable.Guard
	by  map[string]revocable.Guard
	out chan []revocable.Guard
}

func newShelf(gs []revocable.Guard) (*rack, error) {
	if len(gs) > 9 {
		return nil, errGone
	}
	return &rack{gs: gs}, nil
}

func okOnAShelf(h, k sensor.Handle) (*rack, error) {
	var gs []revocable.Guard
	for _, c := range []sensor.Handle{h, k} {
		if s, g := c.TryAccess(); s != nil {
			gs = append(gs, g)
		}
	}
	sh, err := newShelf(gs)
	if err != nil {
		closeAll(gs)
		return nil, err
	}
	return sh, nil
}

func (sh *rack) okKept(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	sh.gs = append(sh.gs, g)
}

func (sh *rack) okKeptByName(h sensor.Handle) {
	_, g := h.TryAccess()
	sh.by = map[string]revocable.Guard{"it": g}
}

func (sh *rack) okSent(h sensor.Handle) {
	_, g := h.TryAccess()
	sh.out <- []revocable.Guard{g}
}

func okDeferred(h, k sensor.Handle) {
	var gs []revocable.Guard
	defer func() {
		for i := range gs {
			gs[i].Release()
		}
	}()
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			return
		}
		gs = append(gs, g)
	}
}

func okInAGoroutine(h sensor.Handle) {
	_, g := h.TryAccess()
	gs := []revocable.Guard{g}
	go func() {
		for i := range gs {
			gs[i].Release()
		}
	}()
}

func okCopied(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	gs := []revocable.Guard{g, f}
	more := make([]revocable.Guard, 2)
	copy(more, gs)
	closeAll(more)
}

func okSwapped(h, k sensor.Handle) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	gs := []revocable.Guard{g, f}
	gs[0], gs[1] = gs[1], gs[0]
	gs[0].Release()
	gs[1].Release()
}

func okByIndex(h, k sensor.Handle, i int) {
	_, g := h.TryAccess()
	_, f := k.TryAccess()
	gs := []revocable.Guard{g, f}
	gs[i%2].Release()
	gs[1-i%2].Release()
}

func okPopped(h, k sensor.Handle) {
	var stack []revocable.Guard
	for _, c := range []sensor.Handle{h, k} {
		if s, g := c.TryAccess(); s != nil {
			stack = append(stack, g)
		}
	}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		top.Release()
	}
}

// A struct that is put together in a variable of which the address is returned.
func newRack(gs []revocable.Guard) (*rack, error) {
	sh := rack{gs: gs}
	for i := range sh.gs {
		if i > 9 {
			return nil, errGone
		}
	}
	return &sh, nil
}

func okOnARack(h, k sensor.Handle) (*rack, error) {
	var gs []revocable.Guard
	for _, c := range []sensor.Handle{h, k} {
		s, g := c.TryAccess()
		if s == nil {
			return nil, closeAll(gs)
		}
		gs = append(gs, g)
	}
	sh, err := newRack(gs)
	if err != nil {
		closeAll(gs)
		return nil, err
	}
	return sh, nil
}

type box struct{ g revocable.Guard }

func newBox(g revocable.Guard) *box {
	b := box{g: g}
	if &b == nil {
		return nil
	}
	return &b
}

func okInABox(h sensor.Handle) *box {
	_, g := h.TryAccess()
	return newBox(g)
}

func badInABox(h sensor.Handle) {
	_, g := h.TryAccess() // want revleak
	_ = newBox(g)
}

func closeSome(gs []revocable.Guard) {
	if len(gs) == 0 {
		return
	}
	for i := range gs {
		gs[i].Release()
	}
}

func okClosedWhereThereAreSome(h sensor.Handle) {
	_, g := h.TryAccess()
	closeSome([]revocable.Guard{g})
}

func addTo(gs []revocable.Guard, g revocable.Guard) []revocable.Guard { return append(gs, g) }

func badAddedToNil(h sensor.Handle) {
	_, g := h.TryAccess() // missed: revleak
	_ = addTo(nil, g)
}
