package revhttp

import (
	"context"
	"io"
	"net/http"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// RoundTripper wraps rt. A round trip is an operation, and so is each Read of a response's body; those that sleep are woken
// by cancelling the request's context, with cause [revocable.ErrRevoked], or, on a connection whose protocol was switched, by
// closing it. Closing a body never enters. If rt has
// CloseIdleConnections, which http.Client.CloseIdleConnections looks for, the wrapper has it; it never enters either.
func RoundTripper(rt http.RoundTripper, opts ...revio.Option) (wrapped http.RoundTripper, owner *revio.Owner) {
	core := newCore(opts)
	t := &transport{object{core}, rt}
	if c, ok := rt.(idleCloser); ok {
		return &struct {
			*transport
			idleCloser
		}{t, c}, (*revio.Owner)(core)
	}
	return t, (*revio.Owner)(core)
}

type idleCloser interface{ CloseIdleConnections() }

type transport struct {
	o  object
	to http.RoundTripper
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	a, ok := t.o.core.Enter()
	if !ok {
		if r.Body != nil {
			_ = r.Body.Close() // as a RoundTripper must
		}
		return nil, t.o.refuse("round trip")
	}
	defer a.Leave()
	ctx, cancel := context.WithCancelCause(r.Context())
	x := &trip{object: t.o, cancel: cancel}
	x.core.Add(x)
	if !x.core.Alive() {
		x.Wake() // the wake of a revocation that began meanwhile has missed it
	}
	kept := false
	defer func() {
		if !kept { // also when the transport panics
			x.end()
		}
	}()
	resp, err := t.to.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return nil, x.result("round trip", err)
	}
	if resp == nil {
		return nil, nil // as it came; http.Client makes an error of it
	}
	resp.Request = r
	if resp.Body == nil {
		return resp, nil
	}
	kept = true
	body := &responseBody{x: x, to: resp.Body}
	if w, ok := resp.Body.(io.Writer); ok { // of a protocol that was switched to
		body.duplex = true
		x.wakeBy(body)
		resp.Body = &duplexBody{body, w}
	} else {
		resp.Body = body
	}
	return resp, nil
}

// A trip is a request under way, until its response's body is read or closed; one that is also written to, until it is closed.
type trip struct {
	object
	cancel context.CancelCauseFunc
	once   sync.Once

	mu     sync.Mutex
	duplex *responseBody // of a protocol that was switched to, which the context does not reach any more
}

// wakeBy has body closed to wake it, for want of deadlines. It need not look whether that is due by now: no operation on
// the body has begun.
func (x *trip) wakeBy(body *responseBody) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.duplex = body
}

func (x *trip) Wake() {
	x.cancel(revocable.ErrRevoked)
	x.mu.Lock()
	duplex := x.duplex
	x.mu.Unlock()
	if duplex != nil {
		_ = duplex.shut() // the Close that its user owes it finds that done
	}
}

func (x *trip) end() {
	x.once.Do(func() {
		x.core.Remove(x)
		x.cancel(nil)
	})
}

type responseBody struct {
	x      *trip
	to     io.ReadCloser
	duplex bool // can be written to
	close  sync.Once
	err    error
}

func (b *responseBody) Read(p []byte) (n int, err error) {
	a, ok := b.x.core.Enter()
	if !ok {
		return 0, b.x.refuse("read")
	}
	defer a.Leave()
	n, err = b.to.Read(p)
	if err != nil {
		err = b.x.result("read", err)
		if !b.duplex { // one that may still be written to
			b.x.end()
		}
	}
	return n, err
}

// Close reaches the body once, and returns what that said every time, as those of net/http do.
func (b *responseBody) Close() error {
	defer b.x.end()
	return b.shut()
}

func (b *responseBody) shut() error {
	b.close.Do(func() { b.err = b.to.Close() })
	return b.err
}

type duplexBody struct {
	*responseBody
	w io.Writer
}

func (b *duplexBody) Write(p []byte) (n int, err error) {
	a, ok := b.x.core.Enter()
	if !ok {
		return 0, b.x.refuse("write")
	}
	defer a.Leave()
	n, err = b.w.Write(p)
	return n, b.x.result("write", err)
}
