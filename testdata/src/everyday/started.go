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
