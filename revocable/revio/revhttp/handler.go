package revhttp

import (
	"context"
	"io"
	"net"
	"net/http"

	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// Handler wraps h. From the beginning of a revocation
//
//   - a new request is answered with 503 Service Unavailable, and h is not called;
//   - the contexts of running requests are cancelled, with cause [revocable.ErrRevoked];
//   - reading a request's body, which is an operation for each Read, and writing a response fail, and reads and
//     writes that sleep are woken.
//
// The owner's Revoke returns when h is not running any more. A request that had not been answered by then gets
// 503. If an answer was cut short, its connection is broken, so that the answer does not look complete. So it is, over HTTP/1, if
// an answer had begun and a read of the body was woken, because a server would take the rest of the body for the next request.
// Any other answer to which nothing more was to be written, such as a stream of events, ends as it ends otherwise. What
// a write has taken without an error is sent.
//
// Over HTTP/1 a write that sleeps is woken at once, or after a second if it sleeps because the server first reads what h has
// left of the body. So is a Close of the body, for which the server does that too. Waking one over HTTP/2 breaks its stream for good, so there it has a second to end by itself. The server's WriteTimeout, and what h sets with SetWriteDeadline, stay in force; a deadline
// that a handler around this one has set does not outlive a wake.
//
// A connection that h takes over by Hijack is wrapped as by [revio.Conn], and has the same owner. Of http.Flusher,
// http.Hijacker, http.Pusher, io.ReaderFrom, io.StringWriter and Unwrap, h finds in its http.ResponseWriter those
// that the server's has. What an http.ResponseController does works as far as it does there.
func Handler(h http.Handler, opts ...revio.Option) (wrapped http.Handler, owner *revio.Owner) {
	core := newCore(opts)
	return &handler{core, h}, (*revio.Owner)(core)
}

func newCore(opts []revio.Option) *op.Core {
	var s op.Settings
	for _, o := range opts {
		o(&s)
	}
	return op.New(s, net.ErrClosed)
}

type handler struct {
	core *op.Core
	to   http.Handler
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x, served := h.serve(w, r)
	switch {
	case x != nil && x.broken():
		_ = x.control.Flush() // what was taken is sent
		panic(http.ErrAbortHandler)
	case !served && (x == nil || !x.taken()):
		if x != nil && !x.fragile && x.readWoken() {
			w.Header().Set("Connection", "close") // a server that read ahead takes the wake for the client's going
		}
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
}

// serve is the operation. It reports false if a revocation came before an answer.
func (h *handler) serve(w http.ResponseWriter, r *http.Request) (x *exchange, served bool) {
	a, ok := h.core.Enter()
	if !ok {
		return nil, false
	}
	defer a.Leave()
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	x = newExchange(h.core, w, r, cancel)
	h.core.Add(x)
	defer x.end()
	defer h.core.Remove(x)
	if !h.core.Alive() {
		x.Wake() // the wake of a revocation that began meanwhile has missed it
	}
	r = r.WithContext(ctx)
	if hasBody(r) {
		r.Body = &requestBody{x, r.Body}
	}
	h.to.ServeHTTP(x.wrap(w), r)
	return x, h.core.Alive()
}

func hasBody(r *http.Request) bool { return r.Body != nil && r.Body != http.NoBody }

// An object is what passes the gate.
type object struct{ core *op.Core }

func (o object) refuse(op string) error { return &revio.OpError{Op: op, Err: o.core.Cause()} }

func (o object) result(op string, err error) error {
	if err == nil || o.core.Alive() {
		return err
	}
	return o.refuse(op)
}

// A requestBody is a body each of whose reads is an operation.
type requestBody struct {
	x  *exchange
	to io.ReadCloser
}

func (b *requestBody) Read(p []byte) (n int, err error) {
	a, ok := b.x.core.Enter()
	if !ok {
		return 0, b.x.refuse("read")
	}
	defer a.Leave()
	if !b.x.beginRead() {
		return 0, b.x.refuse("read")
	}
	defer func() { b.x.endRead(err != nil) }()
	n, err = b.to.Read(p)
	return n, b.x.result("read", err)
}

// Close never enters. It is woken all the same, because a server's reads the rest of the body.
func (b *requestBody) Close() error {
	b.x.beginClose()
	defer b.x.endClose()
	return b.to.Close()
}
