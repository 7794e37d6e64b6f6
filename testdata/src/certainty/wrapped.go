package certainty

import (
	"context"
	"os"
)

// A function that a callee made of what it was given may be called by whoever gets it.

type panel struct{ onConfirm, onClose func() error }

type panels struct{ current, other *panel }

type screen interface{ Panels() *panels }

type popup struct {
	s     screen
	later []func() error
}

func (p *popup) wrapped(cancel context.CancelFunc, do func() error) func() error {
	return func() error {
		cancel()
		return do()
	}
}

func closing(f *os.File) func() error { return func() error { return f.Close() } }

func (p *popup) set(cancel context.CancelFunc, do func() error) {
	confirm := p.wrapped(cancel, do)
	p.s.Panels().current.onConfirm = confirm
}

func (p *popup) setBoth(cancel context.CancelFunc, do func() error) {
	p.s.Panels().current.onConfirm = p.wrapped(cancel, do)
	p.s.Panels().current.onClose = p.wrapped(cancel, nil)
}

func (p *popup) setFile(f *os.File) { p.s.Panels().other.onClose = closing(f) }

func (p *popup) keepFile(f *os.File) { p.later = append(p.later, closing(f)) }

func okKeptAsWrapped(ctx context.Context, p *popup, do func() error) {
	_, cancel := context.WithCancel(ctx)
	p.set(cancel, do)
}

func okKeptTwice(ctx context.Context, p *popup, do func() error) {
	_, cancel := context.WithCancel(ctx)
	p.setBoth(cancel, do)
}

func okKeptHere(ctx context.Context, p *popup, do func() error) {
	_, cancel := context.WithCancel(ctx)
	p.s.Panels().current.onConfirm = p.wrapped(cancel, do)
}

func okFileKept(p *popup, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	p.setFile(f)
	return nil
}

func okFileInSlice(p *popup, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	p.keepFile(f)
	return nil
}

func (p *popup) only(cancel context.CancelFunc) { _ = p.s }

func badNotKept(ctx context.Context, p *popup) {
	_, cancel := context.WithCancel(ctx) // want revleak
	p.only(cancel)
}

func badKeptOnOnePath(ctx context.Context, p *popup, do func() error) {
	_, cancel := context.WithCancel(ctx) // want revleak
	if do == nil {
		return
	}
	p.set(cancel, do)
}
