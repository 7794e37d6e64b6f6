package revio

import "time"

// deadlines are the methods by which a connection's operations are woken.
type deadlines interface {
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// A deadliner passes deadlines on.
type deadliner struct {
	o  *object
	to deadlines
}

func (x deadliner) SetDeadline(t time.Time) error { return x.o.setDeadline(x.to.SetDeadline, t) }
func (x deadliner) SetReadDeadline(t time.Time) error {
	return x.o.setDeadline(x.to.SetReadDeadline, t)
}
func (x deadliner) SetWriteDeadline(t time.Time) error {
	return x.o.setDeadline(x.to.SetWriteDeadline, t)
}

func (o *object) setDeadline(set func(time.Time) error, t time.Time) error {
	a, ok := o.enter()
	if !ok {
		return o.refuse("set deadline")
	}
	defer a.Leave()
	err := set(t)
	// The second look: a revoker that came between entering and here has set the past, and it is gone now. One that
	// comes later sets it later. Without this look an operation could sleep on, and Revoke with it.
	if !o.core.Alive() {
		o.wake()
	}
	return o.result("set deadline", err)
}
