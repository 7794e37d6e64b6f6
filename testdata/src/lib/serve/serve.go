// Package serve answers requests. A request and its writer are lent to a
// handler for as long as it runs.
package serve

import "io"

// A Request is what a client asks for.
type Request struct {
	Path   string
	Body   io.ReadCloser
	Header map[string]string
}

// A Writer takes the answer.
type Writer struct{ status int }

func (w *Writer) Write(p []byte) (int, error) { return len(p), nil }

// Status sets the status of the answer.
func (w *Writer) Status(code int) { w.status = code }

// A Handler answers requests.
type Handler interface {
	//revlint:scoped w, r
	Serve(w *Writer, r *Request)
}

// A HandlerFunc is a function that is a handler.
//
//revlint:scoped w, r
type HandlerFunc func(w *Writer, r *Request)

func (f HandlerFunc) Serve(w *Writer, r *Request) { f(w, r) }

// Limit returns a body that fails after n bytes, and says so to w.
func Limit(w *Writer, body io.ReadCloser, n int64) io.ReadCloser {
	return &limited{w: w, body: body, left: n}
}

type limited struct {
	w    *Writer
	body io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		l.w.Status(413)
		return 0, io.ErrUnexpectedEOF
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.body.Read(p)
	l.left -= int64(n)
	return n, err
}

func (l *limited) Close() error { return l.body.Close() }

// Dump returns r as bytes; its body can be read again afterwards.
func Dump(r *Request) ([]byte, error) {
	body := r.Body
	if body == nil {
		return []byte(r.Path), nil
	}
	all, err := io.ReadAll(body)
	r.Body = body
	return append([]byte(r.Path), all...), err
}
