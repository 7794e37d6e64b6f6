package revhttp

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// A response is the base of response writers. What only an http.ResponseController asks for it always has: where the
// server's writer does not have it, that says so itself.
type response struct {
	o  *exchange
	to http.ResponseWriter
}

// wrap wraps a writer of the exchange.
func (x *exchange) wrap(w http.ResponseWriter) http.ResponseWriter {
	return combineResponse(&response{x, w}, x, w)
}

func (w *response) Header() http.Header { return w.to.Header() }

func (w *response) WriteHeader(code int) {
	informs := code < 200 && code != http.StatusSwitchingProtocols // there is more to come
	_ = w.o.writing(!informs, func() error { w.to.WriteHeader(code); return nil })
}

func (w *response) Write(p []byte) (n int, err error) {
	err = w.o.write(func() error { n, err = w.to.Write(p); return err })
	return n, err
}

func (w *response) FlushError() error {
	return w.o.write(http.NewResponseController(w.to).Flush)
}

func (w *response) SetReadDeadline(t time.Time) error  { return w.o.setReadDeadline(t) }
func (w *response) SetWriteDeadline(t time.Time) error { return w.o.setWriteDeadline(t) }

func (w *response) EnableFullDuplex() error {
	return http.NewResponseController(w.to).EnableFullDuplex()
}

type flusher struct {
	o  *exchange
	to http.Flusher
}

func (f flusher) Flush() {
	_ = f.o.write(func() error {
		if f, ok := f.to.(interface{ FlushError() error }); ok {
			return f.FlushError()
		}
		f.to.Flush()
		return nil
	})
}

type stringWriter struct {
	o  *exchange
	to io.StringWriter
}

func (s stringWriter) WriteString(p string) (n int, err error) {
	err = s.o.write(func() error { n, err = s.to.WriteString(p); return err })
	return n, err
}

type readerFrom struct {
	o  *exchange
	to io.ReaderFrom
}

var chunks = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// ReadFrom is a write for every 64 KiB or less, and waits for r between them. (So the server cannot use sendfile.)
func (f readerFrom) ReadFrom(r io.Reader) (n int64, err error) {
	buf := chunks.Get().(*[64 << 10]byte)
	defer chunks.Put(buf)
	for {
		filled, rerr := r.Read(buf[:])
		if filled > 0 {
			var moved int64
			err := f.o.write(func() (err error) {
				moved, err = f.to.ReadFrom(bytes.NewReader(buf[:filled]))
				return err
			})
			n += moved
			if err != nil {
				return n, err
			}
		}
		switch rerr {
		case nil:
		case io.EOF:
			return n, nil
		default:
			return n, rerr
		}
	}
}

type pusher struct {
	o  *exchange
	to http.Pusher
}

func (p pusher) Push(target string, opts *http.PushOptions) error {
	return p.o.write(func() error { return p.to.Push(target, opts) })
}

type unwraps interface{ Unwrap() http.ResponseWriter }

type unwrapper struct {
	o  *exchange
	to unwraps
}

// Unwrap gives what is wrapped in the server's writer, wrapped as well.
func (u unwrapper) Unwrap() http.ResponseWriter { return u.o.wrap(u.to.Unwrap()) }

type hijacker struct {
	o  *exchange
	to http.Hijacker
}

// Hijack gives a connection that has the owner of the handler, and buffers on that.
func (h hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if !h.o.core.Alive() {
		return nil, nil, h.o.refuse("hijack")
	}
	bare, buffers, err := h.to.Hijack()
	if err != nil {
		return nil, nil, h.o.result("hijack", err)
	}
	h.o.hijacked.Store(true)
	c := op.WrapConn(h.o.core, bare)
	early, _ := buffers.Reader.Peek(buffers.Reader.Buffered())
	r := io.MultiReader(bytes.NewReader(bytes.Clone(early)), c)
	return c, bufio.NewReadWriter(bufio.NewReader(r), bufio.NewWriter(c)), nil
}
