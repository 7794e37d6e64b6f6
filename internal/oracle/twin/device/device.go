// Package device is the instrumented twin of what programs use of the package of the same name.
package device

import (
	"context"
	"errors"

	"github.com/revlint/revlint/internal/oracle/twin/core"
	"github.com/revlint/revlint/internal/oracle/twin/revocable"
)

var (
	ErrUnbound     = errors.New("unbound")
	ErrWrongDevice = errors.New("wrong device")
)

type Device struct{ _ int }

// A Bound is not so small that the runtime packs several into one object.
type Bound struct {
	dev *Device
	_   [3]uintptr
}

func (d *Device) WithBound(fn func(b *Bound) error) error {
	if !core.Bool() {
		return ErrUnbound
	}
	l := core.Begin(d)
	b := &Bound{dev: d}
	core.Lend(l, b)
	l.Held()
	defer l.End()
	return fn(b)
}

func (d *Device) Unbind(ctx context.Context) error {
	core.Wait(d)
	return nil
}

func (b *Bound) Device() *Device {
	core.LookFrom(b)
	return core.Through(b).dev
}

type Devres[T any] struct {
	dev    *Device
	handle revocable.Handle[T]
	res    *T
}

// Hold is a resource of d.
func Hold[T any](d *Device, res *T) *Devres[T] {
	return &Devres[T]{d, revocable.NewProvider(res).Handle(), res}
}

func (r *Devres[T]) Access(b *Bound) (*T, error) {
	core.LookFrom(b)
	core.Through(b)
	if !core.Bool() {
		core.Refuse()
		return nil, ErrWrongDevice
	}
	l := core.Begin(nil) // an owner here would keep it within reach
	l.From(core.Of(b))
	p := revocable.Fresh(r.res)
	core.Lend(l, p)
	return p, nil
}

func (r *Devres[T]) TryAccess() (*T, revocable.Guard) { return r.handle.TryAccess() }

func (r *Devres[T]) With(fn func(*T) error) error { return r.handle.With(fn) }

func (r *Devres[T]) Handle() revocable.Handle[T] { return r.handle }
