// Package plant is what other packages do to providers and devices.
package plant

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

// Stop revokes.
func Stop[T any](p *revocable.Provider[T]) { p.Revoke() }

// Quit does not wait.
func Quit[T any](p *revocable.Provider[T]) { p.RevokeNoWait() }

// Background does not wait either.
func Background[T any](p *revocable.Provider[T]) { go p.Revoke() }

// A Unit has a device, and a provider within.
type Unit[T any] struct {
	*revocable.Provider[T]
	Dev *device.Device
}

// Close waits for both.
func (u *Unit[T]) Close(ctx context.Context) error {
	u.Revoke()
	return u.Dev.Unbind(ctx)
}
