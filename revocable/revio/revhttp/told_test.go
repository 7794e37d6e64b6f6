package revhttp

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

var errBare = errors.New("bare")

// A told writer does what it is told: it fails or not, and does something else within each operation. It notes which
// operations reached it, and deadlines.
type told struct {
	header  http.Header
	err     error
	during  func()
	reached []string
	body    []byte

	mu          sync.Mutex
	read, write time.Time
}

func (w *told) on(what string) error {
	w.reached = append(w.reached, what)
	if w.during != nil {
		w.during()
	}
	return w.err
}

func (w *told) Header() http.Header  { return w.header }
func (w *told) WriteHeader(code int) { _ = w.on("header " + http.StatusText(code)) }
func (w *told) Write(p []byte) (int, error) {
	w.body = append(w.body, p...)
	return len(p), w.on("write")
}
func (w *told) WriteString(s string) (int, error) {
	w.body = append(w.body, s...)
	return len(s), w.on("string")
}
func (w *told) FlushError() error                             { return w.on("flush") }
func (w *told) Flush()                                        { _ = w.on("plain flush") }
func (w *told) EnableFullDuplex() error                       { return w.on("duplex") }
func (w *told) Push(target string, _ *http.PushOptions) error { return w.on("push " + target) }
func (w *told) SetReadDeadline(t time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.read = t
	return w.err
}
func (w *told) SetWriteDeadline(t time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.write = t
	return w.err
}

// woken reports which deadlines are in the past.
func (w *told) woken() (read, write bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.read.Equal(past), w.write.Equal(past)
}
func (w *told) Unwrap() http.ResponseWriter { return w }
func (w *told) ReadFrom(r io.Reader) (int64, error) {
	p, err := io.ReadAll(r)
	w.body = append(w.body, p...)
	return int64(len(p)), errors.Join(err, w.on("copy"))
}
func (w *told) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if err := w.on("hijack"); err != nil {
		return nil, nil, err
	}
	c, _ := net.Pipe()
	return c, bufio.NewReadWriter(bufio.NewReader(c), bufio.NewWriter(c)), nil
}

// A plainFlusher has no FlushError.
type plainFlusher struct{ w *told }

func (f plainFlusher) Header() http.Header         { return f.w.header }
func (f plainFlusher) WriteHeader(int)             {}
func (f plainFlusher) Write(p []byte) (int, error) { return len(p), nil }
func (f plainFlusher) Flush()                      { f.w.Flush() }

func newTold() *told { return &told{header: make(http.Header)} }

// serveTold has h serve r, and reports whether the connection was broken.
func serveTold(w http.ResponseWriter, r *http.Request, h func(w http.ResponseWriter, r *http.Request, owner *revio.Owner)) (broken bool) {
	var owner *revio.Owner
	wrapped, o := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h(w, r, owner) }))
	owner = o
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			broken = true
		} else if p != nil {
			panic(p)
		}
	}()
	wrapped.ServeHTTP(w, r)
	return false
}

func post(body io.Reader) *http.Request { return httptest.NewRequest("POST", "/", body) }

func isRefused(err error, what string) bool {
	var op *revio.OpError
	return errors.As(err, &op) && op.Op == what && errors.Is(err, revocable.ErrRevoked)
}

// operations are those of a response, with the name that a refusal has.
var operations = []struct {
	name, refused string
	do            func(w http.ResponseWriter) error
}{
	{"write", "write", func(w http.ResponseWriter) error { n, err := w.Write([]byte("abc")); return counted(n, err) }},
	{"string", "write", func(w http.ResponseWriter) error { n, err := io.WriteString(w, "abc"); return counted(n, err) }},
	{"copy", "write", func(w http.ResponseWriter) error {
		n, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader("abc"))
		return counted(int(n), err)
	}},
	{"flush", "write", func(w http.ResponseWriter) error { return http.NewResponseController(w).Flush() }},
	{"push /x", "write", func(w http.ResponseWriter) error { return w.(http.Pusher).Push("/x", nil) }},
	{"hijack", "hijack", func(w http.ResponseWriter) error {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			if c != nil || rw != nil {
				return errors.New("a connection and an error")
			}
			return err
		}
		return c.Close()
	}},
}

// counted makes of a write that was refused, but counted, an error of its own.
func counted(n int, err error) error {
	if n != 3 && err == nil || n != 0 && isRefused(err, "write") && n != 3 {
		return errors.New("miscounted")
	}
	return err
}

// TestEachOperationOfAResponse: it gives what the server's gives, also its error; an error at the revocation is that, and breaks the
// connection; and after the revocation it reaches nothing.
func TestEachOperationOfAResponse(t *testing.T) {
	for _, o := range operations {
		for _, err := range []error{nil, errBare} {
			w := newTold()
			w.err = err
			broken := serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, _ *revio.Owner) {
				if got := o.do(wrapped); got != err && !(o.name == "copy" && errors.Is(got, err)) {
					t.Errorf("%s gives %v, want %v", o.name, got, err)
				}
			})
			if broken || !slices.Equal(w.reached, []string{o.name}) {
				t.Errorf("%s: reached %q, broken: %v", o.name, w.reached, broken)
			}
		}
		w := newTold()
		w.err = errBare
		broken := serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, owner *revio.Owner) {
			w.during = func() { owner.RevokeNoWait() }
			if err := o.do(wrapped); !isRefused(err, o.refused) {
				t.Errorf("%s, revoked meanwhile: %v", o.name, err)
			}
			w.during, w.err = nil, nil
		})
		if broken != (o.name != "hijack") {
			t.Errorf("%s, revoked meanwhile: broken: %v", o.name, broken)
		}
		w = newTold()
		broken = serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, owner *revio.Owner) {
			owner.RevokeNoWait()
			if err := o.do(wrapped); !isRefused(err, o.refused) {
				t.Errorf("%s after the revocation: %v", o.name, err)
			}
		})
		if broken || !slices.Equal(w.reached, []string{"header Service Unavailable", "write"}) && !slices.Equal(w.reached, []string{"header Service Unavailable", "string"}) {
			t.Errorf("%s after the revocation: reached %q, broken: %v", o.name, w.reached, broken)
		}
	}
}

// TestHijackedAnswerIsTheUsers: who took the connection over answers on it, and it is not broken.
func TestHijackedAnswerIsTheUsers(t *testing.T) {
	w := newTold()
	broken := serveTold(w, post(strings.NewReader("x")), func(wrapped http.ResponseWriter, r *http.Request, owner *revio.Owner) {
		c, _, err := wrapped.(http.Hijacker).Hijack()
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
		owner.RevokeNoWait()
		r.Body.Close() // wakes
	})
	if broken || !slices.Equal(w.reached, []string{"hijack"}) {
		t.Errorf("reached %q, broken: %v", w.reached, broken)
	}
}

// TestHeaderOfAResponse is the server's, and which codes are an answer.
func TestHeaderOfAResponse(t *testing.T) {
	for code, answers := range map[int]bool{100: false, 103: false, 199: false, 101: true, 200: true, 404: true} {
		w := newTold()
		broken := serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, owner *revio.Owner) {
			wrapped.Header().Set("X", "y")
			wrapped.WriteHeader(code)
			owner.RevokeNoWait()
		})
		answered := len(w.reached) == 1
		if broken || w.reached[0] != "header "+http.StatusText(code) || answered != answers || w.header.Get("X") != "y" {
			t.Errorf("%d: reached %q, broken: %v, header %v", code, w.reached, broken, w.header)
		}
	}
	// A flush that only is one.
	w := newTold()
	serveTold(plainFlusher{w}, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, _ *revio.Owner) { wrapped.(http.Flusher).Flush() })
	if !slices.Equal(w.reached, []string{"plain flush"}) {
		t.Errorf("reached %q", w.reached)
	}
	w = newTold()
	serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, _ *revio.Owner) { wrapped.(http.Flusher).Flush() })
	if !slices.Equal(w.reached, []string{"flush"}) {
		t.Errorf("reached %q", w.reached)
	}
	// What is wrapped in the server's writer is wrapped as well.
	w = newTold()
	serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, owner *revio.Owner) {
		inner := wrapped.(unwraps).Unwrap()
		if _, err := inner.Write([]byte("abc")); err != nil || string(w.body) != "abc" {
			t.Errorf("%v, %q", err, w.body)
		}
		owner.RevokeNoWait()
		if _, err := inner.Write(nil); !isRefused(err, "write") {
			t.Errorf("after the revocation: %v", err)
		}
		if err := http.NewResponseController(wrapped).EnableFullDuplex(); err != nil || w.reached[len(w.reached)-1] != "duplex" {
			t.Errorf("%v, %q", err, w.reached)
		}
	})
}

// TestCopies: each byte arrives, nothing is written of nothing, errors of either side are told, and no two copies share a buffer.
func TestCopies(t *testing.T) {
	for name, c := range map[string]struct {
		from io.Reader
		body string
		err  error
	}{
		"byte by byte": {iotest.OneByteReader(strings.NewReader("abc")), "abc", nil},
		"nothing":      {strings.NewReader(""), "", nil},
		"an error":     {io.MultiReader(strings.NewReader("abc"), iotest.ErrReader(errBare)), "abc", errBare},
	} {
		w := newTold()
		serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, _ *revio.Owner) {
			n, err := wrapped.(io.ReaderFrom).ReadFrom(c.from)
			if int(n) != len(c.body) || err != c.err || string(w.body) != c.body || len(w.reached) > len(c.body) {
				t.Errorf("%s: %d, %v, %q in %q", name, n, err, w.body, w.reached)
			}
		})
	}
	w := newTold()
	serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, _ *revio.Owner) {
		into := wrapped.(io.ReaderFrom)
		within := readFunc(func(p []byte) (int, error) {
			n := copy(p, "outer")
			if _, err := into.ReadFrom(strings.NewReader("inner")); err != nil {
				t.Error(err)
			}
			return n, io.EOF
		})
		if _, err := into.ReadFrom(within); err != nil || string(w.body) != "innerouter" {
			t.Errorf("%v, %q", err, w.body)
		}
	})
}

type readFunc func(p []byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// A toldBody is a body each of whose operations calls on.
type toldBody struct {
	on  func() error
	end func() error
}

func (b toldBody) Read(p []byte) (int, error) { return len(p), b.on() }
func (b toldBody) Close() error               { return b.end() }

// TestBodyOfARequest: its operations give what they give, and after the revocation Close alone reaches it.
func TestBodyOfARequest(t *testing.T) {
	reads, closes := 0, 0
	body := toldBody{func() error { reads++; return errBare }, func() error { closes++; return errBare }}
	serveTold(newTold(), post(body), func(_ http.ResponseWriter, r *http.Request, owner *revio.Owner) {
		if n, err := r.Body.Read(make([]byte, 3)); n != 3 || err != errBare {
			t.Errorf("Read: %d, %v", n, err)
		}
		if err := r.Body.Close(); err != errBare {
			t.Errorf("Close: %v", err)
		}
		owner.RevokeNoWait()
		if n, err := r.Body.Read(make([]byte, 3)); n != 0 || !isRefused(err, "read") {
			t.Errorf("Read after the revocation: %d, %v", n, err)
		}
		if err := r.Body.Close(); err != errBare || reads != 1 || closes != 2 {
			t.Errorf("Close after the revocation: %v; %d reads and %d closes", err, reads, closes)
		}
	})
	for _, none := range []io.ReadCloser{nil, http.NoBody} {
		r := post(nil)
		r.Body = none
		serveTold(newTold(), r, func(_ http.ResponseWriter, r *http.Request, _ *revio.Owner) {
			if r.Body != none {
				t.Errorf("no body became %T", r.Body)
			}
		})
	}
}
