// Package failureaftertransfer hands resources on when all goes well, and forgets them on the error path after that.
package failureaftertransfer

import (
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errSetup = errors.New("setup failed")

type link struct {
	s *sensor.Sensor
	g revocable.Guard
}

type bridge struct {
	left, right link
	tx          *store.Tx
}

func (b *bridge) Close() {
	b.left.g.Release()
	b.right.g.Release()
	if b.tx != nil {
		b.tx.Rollback()
	}
}

func connect(h sensor.Handle) (link, error) {
	s, g := h.TryAccess()
	if s == nil {
		return link{}, sensor.ErrGone
	}
	return link{s, g}, nil
}

func okBridge(a, b sensor.Handle) (*bridge, error) {
	left, err := connect(a)
	if err != nil {
		return nil, fmt.Errorf("left: %w", err)
	}
	right, err := connect(b)
	if err != nil {
		left.g.Release()
		return nil, fmt.Errorf("right: %w", err)
	}
	return &bridge{left: left, right: right}, nil
}

func okBridgeStepByStep(a, b sensor.Handle) (_ *bridge, err error) {
	br := &bridge{}
	defer func() {
		if err != nil {
			br.Close()
		}
	}()
	if br.left, err = connect(a); err != nil {
		return nil, err
	}
	if br.right, err = connect(b); err != nil {
		return nil, err
	}
	return br, nil
}

func okBridgeWithTransaction(a, b sensor.Handle, db *store.DB) (*bridge, error) {
	br, err := okBridge(a, b)
	if err != nil {
		return nil, err
	}
	br.tx, err = db.Begin(true)
	if err != nil {
		br.Close()
		return nil, err
	}
	return br, nil
}

func okSuccessFlag(h sensor.Handle, setup func(*sensor.Sensor) bool) (l *link, err error) {
	s, g, err := access.Open(h)
	if err != nil {
		return nil, err
	}
	success := false
	defer func() {
		if !success {
			g.Release()
		}
	}()
	if !setup(s) {
		return nil, errSetup
	}
	success = true
	return &link{s, g}, nil
}

func okInto(m map[string]link, name string, h sensor.Handle) error {
	l, err := connect(h)
	if err != nil {
		return err
	}
	if _, ok := m[name]; ok {
		l.g.Release()
		return errSetup
	}
	m[name] = l
	return nil
}

func badBridge(a, b sensor.Handle) (*bridge, error) {
	left, err := connect(a) // want revleak
	if err != nil {
		return nil, fmt.Errorf("left: %w", err)
	}
	right, err := connect(b)
	if err != nil {
		return nil, fmt.Errorf("right: %w", err)
	}
	return &bridge{left: left, right: right}, nil
}

func badBridgeStepByStep(a, b sensor.Handle) (_ *bridge, err error) {
	br := &bridge{}
	if br.left, err = connect(a); err != nil { // want revleak
		return nil, err
	}
	if br.right, err = connect(b); err != nil {
		return nil, err
	}
	return br, nil
}

func badSuccessTooEarly(h sensor.Handle, limit float64) (l *link, err error) {
	s, g, err := access.Open(h) // want revleak
	if err != nil {
		return nil, err
	}
	success := false
	defer func() {
		if !success {
			g.Release()
		}
	}()
	success = true
	if s.Value > limit {
		return nil, errSetup
	}
	return &link{s, g}, nil
}

func badInto(m map[string]link, name string, h sensor.Handle) error {
	l, err := connect(h) // want revleak
	if err != nil {
		return err
	}
	if _, ok := m[name]; ok {
		return errSetup
	}
	m[name] = l
	return nil
}

func badReturnedAndReleased(h sensor.Handle) (*link, error) {
	s, g, err := access.Open(h)
	if err != nil {
		return nil, err
	}
	defer g.Release()
	return &link{s: s}, nil // want revescape
}
