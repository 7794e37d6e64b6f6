package revhttp_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// A hookedWriter calls its hook within each Write, before or after what is written has been taken.
type hookedWriter struct {
	http.ResponseWriter
	before, after func()
}

func (w *hookedWriter) Write(p []byte) (int, error) {
	w.before()
	defer w.after()
	return w.ResponseWriter.Write(p)
}

func (w *hookedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// TestAnswerGivenAtTheRevocationArrives: the revocation begins while the handler writes, and what it wrote is taken all the
// same. The server sends it after the handler has returned: the wake must not have spoiled the connection. (Clients saw
// EOF and no answer.)
func TestAnswerGivenAtTheRevocationArrives(t *testing.T) {
	nothing := func() {}
	onBoth(t, func(t *testing.T, http2 bool) {
		for _, when := range []string{"before", "after"} {
			var owner revocable.Revoker
			wrapped, o := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if n, err := io.WriteString(w, "hello"); n != 5 || err != nil {
					t.Errorf("%s: wrote %d, %v", when, n, err)
				}
			}))
			owner = o
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				hooked := &hookedWriter{w, nothing, nothing}
				revoke := func() { owner.RevokeNoWait() } // which has woken everybody when it returns
				if when == "before" {
					hooked.before = revoke
				} else {
					hooked.after = revoke
				}
				wrapped.ServeHTTP(hooked, r)
			}))
			s.Config.WriteTimeout = time.Hour
			s.EnableHTTP2 = http2
			if http2 {
				s.StartTLS()
			} else {
				s.Start()
			}
			if code, body, err := get(t, s); code != http.StatusOK || body != "hello" || err != nil {
				t.Errorf("%s: answered %d %q, %v", when, code, body, err)
			}
			s.Close()
		}
	})
}

// A deadlined writer records the deadline of writes.
type deadlined struct {
	http.ResponseWriter
	write time.Time
}

func (w *deadlined) SetWriteDeadline(t time.Time) error { w.write = t; return nil }

// TestWakeKeepsTheWriteDeadline: after the wake of a write that was not asleep, a client that does not read is still bounded by the
// server's WriteTimeout, or by what the handler set.
func TestWakeKeepsTheWriteDeadline(t *testing.T) {
	for _, own := range []bool{false, true} {
		w := &deadlined{ResponseWriter: httptest.NewRecorder()}
		handlers := time.Now().Add(2 * time.Hour)
		var owner revocable.Revoker
		h, o := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if own {
				if err := http.NewResponseController(w).SetWriteDeadline(handlers); err != nil {
					t.Error(err)
				}
			}
			io.WriteString(w, "hello")
		}))
		owner = o
		hooked := &hookedWriter{w, func() { owner.RevokeNoWait() }, func() {
			if !w.write.Before(time.Now()) {
				t.Errorf("the write is not woken: deadline %v", w.write)
			}
		}}
		before := time.Now()
		r := httptest.NewRequest("GET", "/", nil)
		h.ServeHTTP(hooked, r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, &http.Server{WriteTimeout: time.Hour})))
		switch {
		case own && !w.write.Equal(handlers):
			t.Errorf("the handler's deadline %v became %v", handlers, w.write)
		case !own && (w.write.Before(before.Add(time.Hour)) || w.write.After(time.Now().Add(time.Hour))):
			t.Errorf("an hour from %v became %v", before, w.write)
		}
	}
}

// A hookedBody calls its hook within each Read that ends the body.
type hookedBody struct {
	io.ReadCloser
	end func()
}

func (b *hookedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.end()
	}
	return n, err
}

// TestWokenReadLeavesNoConnectionBehind: a server over HTTP/1 reads ahead once it has had the whole body. If the wake of the body's
// last read ends that, it takes the client for gone, and would cancel the next request on the connection.
func TestWokenReadLeavesNoConnectionBehind(t *testing.T) {
	h, owner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b, err := io.ReadAll(r.Body); string(b) != "hello" || err != nil && !isRevoked(err) {
			t.Errorf("read %q, %v", b, err)
		}
	}))
	mux := http.NewServeMux()
	mux.HandleFunc("/revoked", func(w http.ResponseWriter, r *http.Request) {
		r.Body = &hookedBody{r.Body, func() {
			owner.RevokeNoWait()
			<-r.Context().Done() // the server thinks that the client has gone
		}}
		h.ServeHTTP(w, r)
	})
	mux.HandleFunc("/other", func(w http.ResponseWriter, r *http.Request) {
		if err := r.Context().Err(); err != nil {
			t.Errorf("the next request is %v", err)
		}
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	for _, step := range []struct {
		path string
		code int
	}{{"/revoked", http.StatusServiceUnavailable}, {"/other", http.StatusOK}} {
		resp, err := s.Client().Post(s.URL+step.path, "text/plain", strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != step.code {
			t.Errorf("%s: %d", step.path, resp.StatusCode)
		}
	}
}
