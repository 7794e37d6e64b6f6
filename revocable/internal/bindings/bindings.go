// Package bindings lets package registry speak of bindings, which package device does not export: a registry links one
// binding of a device, and must not unbind the next.
package bindings

import "context"

// Of returns the binding that token, a *device.Bound, speaks of. It panics, naming use, if the token is not valid.
// Package device sets it.
var Of func(token any, use string) Binding

// A Binding is comparable.
type Binding interface {
	// Unbind is Device.Unbind, if the device has not been unbound already.
	Unbind(ctx context.Context) error
	// Register has undo run in its turn when the binding is undone, unless forget is called before.
	Register(use string, undo func()) (forget func())
	// OnEnd has fn called when all is undone, before the device can be bound again.
	OnEnd(use string, fn func())
	// Parent returns the binding of the parent, nil if there is none.
	Parent() Binding
	// Done is closed once all is undone.
	Done() <-chan struct{}
	// ReportSelfUnbind reports, in debug mode, that an Unbind by the calling goroutine would wait for itself.
	ReportSelfUnbind()
}
