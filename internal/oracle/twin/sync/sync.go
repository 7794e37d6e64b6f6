// Package sync is the instrumented twin of what programs use of the package of the same name.
package sync

import "github.com/revlint/revlint/internal/oracle/twin/core"

type WaitGroup struct{ n int }

func (w *WaitGroup) Add(n int) { w.n += n }
func (w *WaitGroup) Done()     { w.n-- }
func (w *WaitGroup) Wait()     { core.Join(func() bool { return w.n == 0 }) }
func (w *WaitGroup) Go(fn func()) {
	w.n++
	core.Go(func() {
		defer w.Done()
		fn()
	})
}

type Once struct{ done bool }

func (o *Once) Do(fn func()) {
	if !o.done {
		o.done = true
		fn()
	}
}
