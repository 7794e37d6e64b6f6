package revhttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// TestEarlyHintsInTheMiddle: a handler that sends an informational header after a part of its answer, which servers ignore,
// has begun its answer all the same. (A 503 was written into it, and it looked complete.)
func TestEarlyHintsInTheMiddle(t *testing.T) {
	flushed := make(chan struct{})
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "half")
		w.(http.Flusher).Flush()
		w.WriteHeader(http.StatusEarlyHints)
		close(flushed)
		<-r.Context().Done()
		io.WriteString(w, "and half")
	})
	breaksOff(t, s, owner, flushed)
}

// TestEarlyHintsAlone: an informational header is no answer.
func TestEarlyHintsAlone(t *testing.T) {
	hinted := make(chan struct{})
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		close(hinted)
		<-r.Context().Done()
	})
	go func() { <-hinted; owner.Revoke() }()
	if code, _, err := get(t, s); code != http.StatusServiceUnavailable || err != nil {
		t.Errorf("answered %d, %v", code, err)
	}
}

// TestClosingABodyIsWoken: the server's Close of a body reads the rest of it, and the client never sends that. So it is when
// the revocation began before.
func TestClosingABodyIsWoken(t *testing.T) {
	for _, when := range []string{"meanwhile", "before"} {
		reached, closed := make(chan struct{}), make(chan struct{})
		s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.ReadFull(r.Body, make([]byte, 5)); err != nil {
				t.Error(err)
			}
			close(reached)
			if when == "before" {
				<-r.Context().Done()
			}
			r.Body.Close()
			close(closed)
		})
		c, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello")
		<-reached
		if when == "meanwhile" {
			time.Sleep(20 * time.Millisecond) // asleep
			select {
			case <-closed:
				t.Error("Close does not sleep, so that this shows nothing")
			default:
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		if err := owner.RevokeContext(ctx); err != nil {
			t.Errorf("%s: RevokeContext: %v", when, err)
		}
		cancel()
		c.Close()
		<-closed
	}
}

// A pipe with no other end: reading ends at once, writing sleeps until it is closed.
type halfClosed struct{ closed chan struct{} }

func (halfClosed) Read([]byte) (int, error)    { return 0, io.EOF }
func (c halfClosed) Write([]byte) (int, error) { <-c.closed; return 0, net.ErrClosed }
func (c halfClosed) Close() error              { close(c.closed); return nil }

// TestHalfClosedProtocol: the other end of a protocol that was switched to sends no more, but does not read either.
func TestHalfClosedProtocol(t *testing.T) {
	rt, owner := revhttp.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusSwitchingProtocols, Body: halfClosed{make(chan struct{})}}, nil
	}))
	resp, err := rt.RoundTrip(httptest.NewRequest("GET", "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	c := resp.Body.(io.ReadWriteCloser)
	if n, err := c.Read(nil); n != 0 || err != io.EOF {
		t.Fatal(n, err)
	}
	wrote := make(chan error)
	go func() {
		_, err := c.Write(nil)
		wrote <- err
	}()
	time.Sleep(20 * time.Millisecond) // asleep
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := owner.RevokeContext(ctx); err != nil {
		t.Fatalf("RevokeContext: %v", err)
	}
	if err := <-wrote; !isRevoked(err) {
		t.Errorf("the write ends with %v", err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// TestTransportsThatMisbehave: what http.Client would bear of a transport it bears of a wrapped one.
func TestTransportsThatMisbehave(t *testing.T) {
	var ctx context.Context
	respond := func(resp *http.Response) http.RoundTripper {
		rt, _ := revhttp.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) { ctx = r.Context(); return resp, nil }))
		return rt
	}
	r := httptest.NewRequest("GET", "/", nil)
	if resp, err := respond(nil).RoundTrip(r); resp != nil || err != nil || ctx.Err() == nil {
		t.Errorf("no response: %v, %v; its context %v", resp, err, ctx.Err())
	}
	if resp, err := respond(&http.Response{}).RoundTrip(r); err != nil || resp.Body != nil || ctx.Err() == nil {
		t.Errorf("no body: %v, %v; its context %v", resp, err, ctx.Err())
	}
	rt, owner := revhttp.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
		ctx = r.Context()
		panic(errors.New("oops"))
	}))
	func() {
		defer func() {
			if p := recover(); p == nil || ctx.Err() == nil {
				t.Errorf("a panic: %v; its context %v", p, ctx.Err())
			}
		}()
		_, _ = rt.RoundTrip(httptest.NewRequest("GET", "/", strings.NewReader("x")))
	}()
	revokesInTime(t, owner)
}

// TestWriteThatReadsIsWoken: before a server over HTTP/1 answers, it reads the rest of the request, which the client never sends.
func TestWriteThatReadsIsWoken(t *testing.T) {
	reached := make(chan struct{})
	wrote := make(chan error, 1)
	s, owner := serve(t, false, func(w http.ResponseWriter, r *http.Request) {
		close(reached)
		_, err := w.Write(make([]byte, 1<<16))
		wrote <- err
	})
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello")
	<-reached
	time.Sleep(20 * time.Millisecond) // asleep
	select {
	case err := <-wrote:
		t.Errorf("the write does not sleep, so that this shows nothing: %v", err)
	default:
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := owner.RevokeContext(ctx); err != nil {
		t.Errorf("RevokeContext: %v", err)
	}
}

// TestRestOfABodyIsNoRequest: a read that was woken leaves the rest of the body on the connection. Where the answer has begun, too
// late for its header to say that the connection ends, it must not be read as the next request.
func TestRestOfABodyIsNoRequest(t *testing.T) {
	h, owner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			t.Error(err)
		}
		io.WriteString(w, "answer")
		w.(http.Flusher).Flush()
		if _, err := r.Body.Read(make([]byte, 1)); !isRevoked(err) {
			t.Errorf("the read ends with %v", err)
		}
	}))
	mux := http.NewServeMux()
	mux.Handle("/revoked", h)
	mux.HandleFunc("/smuggled", func(w http.ResponseWriter, r *http.Request) { t.Error("the body is served") })
	s := httptest.NewServer(mux)
	defer s.Close()
	c, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	body := "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
	fmt.Fprintf(c, "POST /revoked HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", len(body))
	begin := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(c, begin); err != nil || string(begin) != "HTTP/1.1 200" {
		t.Fatalf("%q, %v", begin, err)
	}
	time.Sleep(20 * time.Millisecond) // asleep
	revokesInTime(t, owner)
	io.WriteString(c, body)
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
	if b, err := io.ReadAll(c); errors.Is(err, os.ErrDeadlineExceeded) || strings.Contains(string(b), "HTTP/1.1") {
		t.Errorf("another answer: %q, %v", b, err)
	}
}

// TestWhatWasTakenIsSent, also where more was to come.
func TestWhatWasTakenIsSent(t *testing.T) {
	onBoth(t, func(t *testing.T, http2 bool) {
		wrote := make(chan struct{})
		s, owner := serve(t, http2, func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "half")
			close(wrote)
			<-r.Context().Done()
			io.WriteString(w, "and half")
		})
		go func() { <-wrote; owner.Revoke() }()
		if _, body, err := get(t, s); body != "half" || err == nil {
			t.Errorf("received %q, %v", body, err)
		}
	})
}

// TestDeferredCloseBreaksNothing: a handler that has answered closes its body when the revocation has begun, as handlers often do by a
// deferred call. What it answered arrives whole, and the connection is good for another request.
func TestDeferredCloseBreaksNothing(t *testing.T) {
	h, owner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer r.Body.Close()
		io.WriteString(w, "hello")
		<-r.Context().Done()
	}))
	s := httptest.NewServer(h)
	defer s.Close()
	go func() {
		time.Sleep(20 * time.Millisecond)
		owner.RevokeNoWait()
	}()
	resp, err := s.Client().Post(s.URL, "text/plain", strings.NewReader("a body that nobody reads"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(b) != "hello" || err != nil {
		t.Errorf("received %q, %v", b, err)
	}
}
