package everyday

import (
	"context"
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/ui"
)

// What has a cancel function of its own calls it when it has run. Who makes it and does
// not run it leaves nothing behind that anybody waits for.

func okStarted(name string) error {
	p := ui.New(func() {})
	if name == "" {
		return errors.New("no name")
	}
	go p.Run()
	return nil
}

func okStartedInLiteral(name string, in func() bool) error {
	p := ui.New(func() {})
	if name == "" {
		return p.Run()
	}
	go func() {
		if err := p.Run(); err != nil {
			panic(err)
		}
	}()
	for in() {
	}
	return nil
}

func badCancelHandedOut(ctx context.Context, work func(context.Context) bool) {
	ctx, cancel := ui.Timeout(ctx) // want revleak
	if work(ctx) {
		cancel()
	}
}

// What is made of a context ends with it.

func okEndsWithParent(ctx context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	part, stop := context.WithCancel(ctx)
	if err := work(part); err != nil {
		return err
	}
	stop()
	return nil
}

func badParentGoesOn(ctx context.Context, work func(context.Context) error) error {
	part, stop := context.WithCancel(ctx) // want revleak
	if err := work(part); err != nil {
		return err
	}
	stop()
	return nil
}

type watcher struct {
	ctx    context.Context
	events chan int
}

func (w *watcher) under() (*watcher, func()) {
	ctx, cancel := context.WithCancel(w.ctx)
	return &watcher{ctx, w.events}, cancel
}

// each returns what waits for the last event. Nobody needs to wait.
func (w *watcher) each(see func(int) bool) (wait func()) {
	w, cancel := w.under()
	return func() {
		defer cancel()
		for e := range w.events {
			if see(e) {
				return
			}
		}
	}
}

func (w *watcher) okNotWaitedFor(work func() error) error {
	w, cancel := w.under()
	defer cancel()
	wait := w.each(func(int) bool { return true })
	if err := work(); err != nil {
		return err
	}
	wait()
	return nil
}
