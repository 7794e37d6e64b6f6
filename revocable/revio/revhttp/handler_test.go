package revhttp_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/revhttp"
)

func isRevoked(err error) bool {
	var op *revio.OpError
	return errors.As(err, &op) && errors.Is(err, revocable.ErrRevoked)
}

// serve serves the wrapped handler, by HTTP/1 or 2.
func serve(t *testing.T, http2 bool, h http.HandlerFunc, opts ...revio.Option) (*httptest.Server, *revio.Owner) {
	wrapped, owner := revhttp.Handler(h, opts...)
	s := httptest.NewUnstartedServer(wrapped)
	s.EnableHTTP2 = http2
	if http2 {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s, owner
}

func onBoth(t *testing.T, test func(t *testing.T, http2 bool)) {
	t.Run("HTTP/1", func(t *testing.T) { test(t, false) })
	t.Run("HTTP/2", func(t *testing.T) { test(t, true) })
}

// revokesInTime revokes, which must not hang.
func revokesInTime(t *testing.T, owner revocable.Revoker) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := owner.RevokeContext(ctx); err != nil {
		t.Errorf("RevokeContext: %v", err)
	}
}

// breaksOff revokes once a half of the answer was flushed, which must break it off there.
func breaksOff(t *testing.T, s *httptest.Server, owner revocable.Revoker, flushed <-chan struct{}) {
	t.Helper()
	resp, err := s.Client().Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	<-flushed
	revokesInTime(t, owner)
	if b, err := io.ReadAll(resp.Body); string(b) != "half" || err == nil {
		t.Errorf("received %q, %v", b, err)
	}
}

func get(t *testing.T, s *httptest.Server) (code int, body string, err error) {
	t.Helper()
	resp, err := s.Client().Get(s.URL)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(b), err
}

func TestNewRequestsAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") })
		if code, body, err := get(t, s); code != 200 || body != "hello" || err != nil {
			t.Errorf("before: %d %q %v", code, body, err)
		}
		owner.Revoke()
		if code, _, err := get(t, s); code != http.StatusServiceUnavailable || err != nil {
			t.Errorf("after: %d %v", code, err)
		}
	})
}

// TestRunningRequestIsCancelled, and answered with 503 if it has not been answered; Revoke waits for it.
func TestRunningRequestIsCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		running := make(chan struct{})
		causes := make(chan error, 1)
		over := false
		bus := revocable.NewProvider(new(int))
		s, _ := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			close(running)
			<-r.Context().Done()
			causes <- context.Cause(r.Context())
			time.Sleep(50 * time.Millisecond)
			if _, err := w.Write([]byte("late")); !isRevoked(err) {
				t.Errorf("a write after the revocation: %v", err)
			}
			over = true
		}, revio.Behind(bus.Handle()))
		go func() {
			<-running
			bus.Revoke()
			if !over {
				t.Error("Revoke did not wait for the handler")
			}
		}()
		if code, _, err := get(t, s); code != http.StatusServiceUnavailable || err != nil {
			t.Errorf("answered %d %v", code, err)
		}
		if err := <-causes; err != revocable.ErrRevoked {
			t.Errorf("cancelled because of %v", err)
		}
	})
}

// TestBodyThatSleepsIsWoken: the client never sends the rest.
func TestBodyThatSleepsIsWoken(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		asleep := make(chan struct{})
		read := make(chan error, 1)
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			b := make([]byte, 5)
			if _, err := io.ReadFull(r.Body, b); err != nil || string(b) != "hello" {
				t.Errorf("read %q, %v", b, err)
			}
			close(asleep)
			_, err := r.Body.Read(b)
			read <- err
		})
		pr, pw := io.Pipe()
		defer pw.Close()
		go pw.Write([]byte("hello"))
		go func() {
			if resp, err := s.Client().Post(s.URL, "text/plain", pr); err == nil {
				resp.Body.Close()
			}
		}()
		<-asleep
		time.Sleep(10 * time.Millisecond)
		revokesInTime(t, owner)
		if err := <-read; !isRevoked(err) {
			t.Errorf("the read ends with %v", err)
		}
	})
}

// TestResponseThatIsCutShortIsBroken: the client does not read, so that a write sleeps; it is woken, and what the client
// gets does not look complete.
func TestResponseThatIsCutShortIsBroken(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		full := make(chan struct{})
		wrote := make(chan error, 1)
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			go func() { time.Sleep(100 * time.Millisecond); close(full) }()
			p := make([]byte, 1<<20)
			for {
				if _, err := w.Write(p); err != nil {
					wrote <- err
					return
				}
			}
		})
		resp, err := s.Client().Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		<-full
		revokesInTime(t, owner)
		if err := <-wrote; !isRevoked(err) {
			t.Errorf("the write ends with %v", err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err == nil {
			t.Error("the response looks complete")
		}
	})
}

// TestResponseThatLacksARefusedWriteIsBroken: nothing sleeps, but the handler wanted to say more.
func TestResponseThatLacksARefusedWriteIsBroken(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		flushed := make(chan struct{})
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "half")
			w.(http.Flusher).Flush()
			close(flushed)
			<-r.Context().Done()
			io.WriteString(w, "and half")
		})
		breaksOff(t, s, owner, flushed)
	})
}

// TestStreamEnds: a stream of events that its handler ends, because the context is cancelled, is complete.
func TestStreamEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		flushed := make(chan struct{})
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "data: 1\n\n")
			w.(http.Flusher).Flush()
			close(flushed)
			<-r.Context().Done()
		})
		resp, err := s.Client().Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		<-flushed // or the revocation breaks it off
		revokesInTime(t, owner)
		if b, err := io.ReadAll(resp.Body); string(b) != "data: 1\n\n" || err != nil {
			t.Errorf("received %q, %v", b, err)
		}
	})
}

// TestHijackedConnectionHasTheOwner, and nothing that the client sent early is lost.
func TestHijackedConnectionHasTheOwner(t *testing.T) {
	read := make(chan error, 1)
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		go func() { // outlives the request
			defer c.Close()
			line, err := rw.ReadString('\n')
			fmt.Fprintf(rw, "got %s", line)
			if err := errors.Join(err, rw.Flush()); err != nil {
				t.Error(err)
			}
			_, err = rw.ReadString('\n')
			read <- err
		}()
	})
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\nearly\n")
	if line, err := bufio.NewReader(c).ReadString('\n'); line != "got early\n" || err != nil {
		t.Errorf("received %q, %v", line, err)
	}
	revokesInTime(t, owner)
	if err := <-read; !isRevoked(err) || !errors.Is(err, net.ErrClosed) {
		t.Errorf("the read ends with %v", err)
	}
}

// TestCopyToAResponse is in operations that do not wait for the source.
func TestCopyToAResponse(t *testing.T) {
	content := strings.Repeat("0123456789abcdef", 10_000)
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		if n, err := io.Copy(w, struct{ io.Reader }{strings.NewReader(content)}); n != int64(len(content)) || err != nil {
			t.Errorf("copied %d, %v", n, err)
		}
	})
	if _, body, err := get(t, s); body != content || err != nil {
		t.Errorf("received %d bytes, %v", len(body), err)
	}
	owner.Revoke()
}

// TestControllerOfARevokedExchange: what a handler sets does not undo the wake.
func TestControllerOfARevokedExchange(t *testing.T) {
	asleep := make(chan struct{})
	read := make(chan error, 1)
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		if err := errors.Join(control.SetReadDeadline(time.Now().Add(time.Hour)), control.SetWriteDeadline(time.Time{}), control.EnableFullDuplex(), control.Flush()); err != nil {
			t.Error(err)
		}
		go func() {
			_, err := r.Body.Read(make([]byte, 1))
			read <- err
		}()
		time.Sleep(20 * time.Millisecond)
		close(asleep)
		<-r.Context().Done()
		if err := control.SetReadDeadline(time.Time{}); !isRevoked(err) {
			t.Errorf("a deadline set after the revocation: %v", err)
		}
		<-read
	})
	pr, pw := io.Pipe()
	defer pw.Close()
	go func() {
		if resp, err := s.Client().Post(s.URL, "text/plain", pr); err == nil {
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}()
	<-asleep
	revokesInTime(t, owner)
}

func TestPanicPassesOn(t *testing.T) {
	wrapped, owner := revhttp.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("oops") }))
	func() {
		defer func() {
			if p := recover(); p != "oops" {
				t.Errorf("panicked with %v", p)
			}
		}()
		wrapped.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	}()
	revokesInTime(t, owner) // the access has ended
}

// A hookedContext calls hook when it is first asked for its Done channel: between the entering of a request and its being
// known to the owner.
type hookedContext struct {
	context.Context
	hook func()
}

func (c hookedContext) Done() <-chan struct{} { c.hook(); return c.Context.Done() }

// TestLateRequest: the revoker has woken everybody before the request is known to run.
func TestLateRequest(t *testing.T) {
	sleeper := func(ctx context.Context) error { <-ctx.Done(); return context.Cause(ctx) }
	causes := make(chan error, 1)
	h, hOwner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { causes <- sleeper(r.Context()) }))
	rt, rtOwner := revhttp.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) { return nil, sleeper(r.Context()) }))
	late := func(owner *revio.Owner) (r *http.Request, revoked chan struct{}) {
		revoked = make(chan struct{})
		var once sync.Once
		return httptest.NewRequest("GET", "/", nil).WithContext(hookedContext{t.Context(), func() {
			once.Do(func() {
				go func() { owner.Revoke(); close(revoked) }()
				time.Sleep(50 * time.Millisecond)
			})
		}}), revoked
	}
	r, revoked := late(hOwner)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	<-revoked
	if err := <-causes; err != revocable.ErrRevoked || w.Code != http.StatusServiceUnavailable {
		t.Errorf("cancelled because of %v, answered %d", err, w.Code)
	}
	r, revoked = late(rtOwner)
	if _, err := rt.RoundTrip(r); !isRevoked(err) {
		t.Errorf("round trip: %v", err)
	}
	<-revoked
}
