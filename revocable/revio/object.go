package revio

import (
	"io"
	"net"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// past is a deadline that wakes at once.
var past = time.Unix(1, 0)

// An object is what all wrappers share: the gate that operations pass, and the way round it for Close.
//
// An operation reads
//
//	a, ok := o.enter()
//	if !ok {
//		return o.refuse("op")
//	}
//	defer a.Leave()
//	return o.result("op", bare.Op())
//
// Reading and writing, which may be frequent, first try to get in by plain. The rest of them stands in functions that are not
// inlined, because there it would be in the way.
type object struct {
	core  *op.Core
	plain revocable.Handle[op.Core] // see op.Core.Plain
	to    io.Closer
	alarm func() // makes running operations return; nil if there is no such means

	mu     sync.Mutex // so that no alarm comes after Close
	closed bool
	ended  bool  // by the alarm, for want of deadlines
	err    error // of that

	twice error // what a second Close returns
	known       // when the object cannot be asked any more
}

// known is what an object was asked when it was wrapped.
type known struct {
	name          string
	local, remote net.Addr
}

func ask(to any) (k known) {
	if to, ok := to.(namer); ok {
		k.name = to.Name()
	}
	if to, ok := to.(interface{ LocalAddr() net.Addr }); ok {
		k.local = to.LocalAddr()
	}
	if to, ok := to.(net.Listener); ok {
		k.local = to.Addr()
	}
	if to, ok := to.(interface{ RemoteAddr() net.Addr }); ok {
		k.remote = to.RemoteAddr()
	}
	return k
}

// newObject makes the object of to, and has it woken: by its deadlines where it has them.
func newObject(core *op.Core, to io.Closer, twice error) *object {
	o := &object{core: core, plain: core.Plain(), to: to, twice: twice, known: ask(to)}
	o.alarm = alarmOf(to)
	if _, ok := to.(net.Listener); ok && o.alarm == nil {
		o.alarm = o.end
	}
	core.Add((*sleeper)(o))
	return o
}

func alarmOf(to any) func() {
	type (
		both  interface{ SetDeadline(time.Time) error }
		read  interface{ SetReadDeadline(time.Time) error }
		write interface{ SetWriteDeadline(time.Time) error }
	)
	if d, ok := to.(both); ok {
		return func() { _ = d.SetDeadline(past) } // an error means that there is nothing to wake, or no such means
	}
	r, canRead := to.(read)
	w, canWrite := to.(write)
	if !canRead && !canWrite {
		return nil
	}
	return func() {
		if canRead {
			_ = r.SetReadDeadline(past)
		}
		if canWrite {
			_ = w.SetWriteDeadline(past)
		}
	}
}

func (o *object) enter() (a op.Access, ok bool) { return o.core.Enter() }

// refuse is the error of an operation that could not enter.
func (o *object) refuse(op string) error { return &OpError{Op: op, Err: o.core.Cause()} }

// result is the error of an operation that got err from the object.
func (o *object) result(op string, err error) error {
	if err == nil { // inlined, which spares most operations a call
		return nil
	}
	return o.failure(op, err)
}

func (o *object) failure(op string, err error) error {
	if o.core.Alive() {
		return err
	}
	return o.refuse(op)
}

// do is an operation that gives nothing but an error.
func (o *object) do(op string, fn func() error) error {
	a, ok := o.enter()
	if !ok {
		return o.refuse(op)
	}
	defer a.Leave()
	return o.result(op, fn())
}

// address asks for an address, or returns what it was.
func (o *object) address(ask func() net.Addr, known net.Addr) net.Addr {
	a, ok := o.enter()
	if !ok {
		return known
	}
	defer a.Leave()
	return ask()
}

// wakes reports whether operations that sleep can be woken.
func (o *object) wakes() bool { return o.alarm != nil || o.core.Interruptible() }

// A sleeper is an object as its core sees it: users of wrappers must not see Wake.
type sleeper object

func (s *sleeper) Wake() { (*object)(s).wake() }

func (o *object) wake() {
	if o.alarm == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed && !o.ended {
		o.alarm()
	}
}

// end is the alarm of an object that wakes by being closed. The Close that its user owes it finds that done.
func (o *object) end() { o.ended, o.err = true, o.to.Close() }

// Close closes the object. It never enters: it works after the revocation and while operations sleep. Exactly one
// call reaches the object.
func (o *object) Close() error {
	o.mu.Lock()
	again, ended := o.closed, o.ended
	o.closed = true
	o.mu.Unlock()
	if again {
		return &OpError{Op: "close", Err: o.twice}
	}
	o.core.Remove((*sleeper)(o))
	if ended {
		return o.err
	}
	return o.to.Close()
}
