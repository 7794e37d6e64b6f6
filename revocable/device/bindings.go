package device

import (
	"context"

	"github.com/revlint/revlint/revocable/internal/bindings"
)

func init() {
	bindings.Of = func(token any, use string) bindings.Binding { return token.(*Bound).valid(use) }
}

// A binding is what package registry links, see package bindings.
var _ bindings.Binding = (*binding)(nil)

func (b *binding) Unbind(ctx context.Context) error {
	b.begin()
	if b.claim() {
		return b.finishWithin(ctx)
	}
	return b.wait(ctx)
}

func (b *binding) Register(use string, undo func()) (forget func()) {
	a := &action{fn: undo}
	b.register(use, &a.entry, a)
	return func() { b.take(&a.entry) }
}

func (b *binding) OnEnd(use string, fn func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mustLast(use)
	b.ends = append(b.ends, fn)
}

func (b *binding) Parent() bindings.Binding {
	if b.parent == nil {
		return nil
	}
	return b.parent
}

func (b *binding) Done() <-chan struct{} { return b.done }

func (b *binding) ReportSelfUnbind() {
	if settings.On {
		b.reportSelfUnbind()
	}
}
