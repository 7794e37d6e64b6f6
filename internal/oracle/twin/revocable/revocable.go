// Package revocable is the instrumented twin of the package of the same name: the same
// interface, each access on memory of its own, and whether an access is given is a choice.
package revocable

import (
	"context"
	"errors"
	"iter"
	"reflect"

	"github.com/revlint/revlint/internal/oracle/twin/core"
)

var ErrRevoked = errors.New("revoked")

type Provider[T any] struct{ res *T }

type Option[T any] struct{}

func NewProvider[T any](res *T, opts ...Option[T]) *Provider[T] { return &Provider[T]{res} }

func (p *Provider[T]) Handle() Handle[T] { return Handle[T]{p} }

func (p *Provider[T]) Revoke() bool {
	core.Wait(p)
	return true
}

func (p *Provider[T]) RevokeNoWait() bool { return true }

func (p *Provider[T]) RevokeContext(ctx context.Context) error {
	core.Wait(p)
	return nil
}

type Handle[T any] struct{ p *Provider[T] }

// Fresh returns a copy of what is lent that no other loan has.
func Fresh[T any](of *T) *T {
	res := new(T)
	*res = *of
	v := reflect.ValueOf(res).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.CanSet() {
			c := reflect.MakeSlice(f.Type(), f.Len(), f.Len())
			reflect.Copy(c, f)
			f.Set(c)
		}
	}
	return res
}

func (h Handle[T]) TryAccess() (*T, Guard) {
	if h.p == nil || !core.Bool() {
		core.Refuse()
		return nil, Guard{}
	}
	l := core.Begin(h.p)
	res := Fresh(h.p.res)
	core.Lend(l, res)
	s := &share{loan: l}
	core.Owes(l, s)
	return res, Guard{share: s}
}

func (h Handle[T]) With(fn func(*T) error) error {
	if h.p == nil || !core.Bool() {
		return ErrRevoked
	}
	res, l := h.scope()
	defer l.End()
	return fn(res)
}

func (h Handle[T]) scope() (*T, *core.Loan) {
	l := core.Begin(h.p)
	res := Fresh(h.p.res)
	core.Lend(l, res)
	l.Held()
	return res, l
}

func (h Handle[T]) Live() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		if h.p == nil || !core.Bool() {
			return
		}
		res, l := h.scope()
		defer l.End()
		yield(res)
	}
}

func With2[A, B any](a Handle[A], b Handle[B], fn func(*A, *B) error) error {
	return a.With(func(pa *A) error {
		return b.With(func(pb *B) error { return fn(pa, pb) })
	})
}

// A share is what the copies of one guard have in common.
type share struct {
	loan *core.Loan
	_    [2]uintptr // not so small that the runtime packs several into one object
}

type Guard struct {
	share *share
	spent bool
}

func (g *Guard) Release() {
	if g.share == nil {
		core.Release(nil, false)
		return
	}
	core.Release(g.share.loan, false)
	if g.spent && !core.GoOn() {
		panic(core.Crash("guard released twice"))
	}
	g.spent = true
}
