package revhttp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// A strictTransport must not be asked for anything behind the fence; bodies count their Closes.
type strictTransport struct {
	*http.Transport
	fenced *atomic.Bool
	closed *atomic.Int32
}

func (s strictTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.fenced.Load() {
		panic("round trip behind the fence")
	}
	resp, err := s.Transport.RoundTrip(r)
	if err == nil {
		resp.Body = strictBody{resp.Body, s}
	}
	return resp, err
}

type strictBody struct {
	io.ReadCloser
	s strictTransport
}

func (b strictBody) Read(p []byte) (int, error) {
	if b.s.fenced.Load() {
		panic("read behind the fence")
	}
	return b.ReadCloser.Read(p)
}

func (b strictBody) Close() error { b.s.closed.Add(1); return b.ReadCloser.Close() }

// TestRevocationAtEveryStepOfATrip: before it, while the server does not answer, between the header and the body, in the
// body, and after it.
func TestRevocationAtEveryStepOfATrip(t *testing.T) {
	for _, when := range []string{"before", "no answer", "after the header", "in the body", "at the end", "never"} {
		t.Run(when, func(t *testing.T) {
			asked := make(chan struct{})
			release := make(chan struct{})
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				close(asked)
				if when == "no answer" {
					<-release
				}
				fmt.Fprint(w, "hello")
				w.(http.Flusher).Flush()
				if when == "in the body" {
					<-release
				}
			}))
			defer s.Close()
			defer close(release)
			strict := strictTransport{new(http.Transport), new(atomic.Bool), new(atomic.Int32)}
			rt, owner := revhttp.RoundTripper(strict)
			client := &http.Client{Transport: rt}
			revoked := make(chan struct{})
			revoke := func() {
				revokesInTime(t, owner)
				strict.fenced.Store(true)
				close(revoked)
			}
			switch when {
			case "before":
				revoke()
			case "no answer":
				go func() { <-asked; revoke() }()
			}
			resp, err := client.Get(s.URL)
			if when == "before" || when == "no answer" {
				if !isRevoked(err) {
					t.Errorf("Get: %v", err)
				}
				<-revoked
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if when == "after the header" {
				revoke()
			}
			b := make([]byte, 5)
			_, err = io.ReadFull(resp.Body, b)
			switch when {
			case "after the header":
				if !isRevoked(err) {
					t.Errorf("read %q, %v", b, err)
				}
			default:
				if string(b) != "hello" || err != nil {
					t.Errorf("read %q, %v", b, err)
				}
			}
			if when == "in the body" {
				go revoke()
			}
			_, err = resp.Body.Read(b)
			switch when {
			case "at the end", "never":
				if err != io.EOF {
					t.Errorf("at the end: %v", err)
				}
			default:
				if !isRevoked(err) {
					t.Errorf("then: %v", err)
				}
				<-revoked
			}
			if when == "at the end" {
				revoke()
			}
			if err := errors.Join(resp.Body.Close(), resp.Body.Close()); err != nil {
				t.Errorf("Close: %v", err)
			}
			if n := strict.closed.Load(); n != 1 {
				t.Errorf("%d Closes reached the body", n)
			}
			client.CloseIdleConnections()
			if when == "never" {
				return
			}
			body := &closeCounter{Reader: strings.NewReader("x")}
			if _, err := client.Post(s.URL, "text/plain", body); !isRevoked(err) || body.closed != 1 {
				t.Errorf("a later request: %v; its body was closed %d times", err, body.closed)
			}
		})
	}
}

type closeCounter struct {
	io.Reader
	closed int
}

func (c *closeCounter) Close() error { c.closed++; return nil }

// TestSwitchedProtocol: the body of a 101 is a connection.
func TestSwitchedProtocol(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		fmt.Fprint(c, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		io.Copy(c, rw)
	}))
	defer s.Close()
	rt, owner := revhttp.RoundTripper(http.DefaultTransport)
	r, _ := http.NewRequest("GET", s.URL, nil)
	r.Header.Set("Connection", "Upgrade")
	r.Header.Set("Upgrade", "echo")
	resp, err := rt.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	c := resp.Body.(io.ReadWriteCloser)
	b := make([]byte, 2)
	if _, err := c.Write([]byte("hi")); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(c, b); err != nil || string(b) != "hi" {
		t.Fatalf("read %q, %v", b, err)
	}
	if resp.Request != r {
		t.Error("the response is to another request")
	}
	read := make(chan error)
	go func() {
		_, err := c.Read(b)
		read <- err
	}()
	time.Sleep(50 * time.Millisecond) // asleep
	revokesInTime(t, owner)
	if err := <-read; !isRevoked(err) {
		t.Errorf("the read ends with %v", err)
	}
	if _, err := c.Write(b); !isRevoked(err) {
		t.Errorf("a write gives %v", err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// TestTripsLeaveNothingBehind: the context that wakes a trip ends with its body, read or closed.
func TestTripsLeaveNothingBehind(t *testing.T) {
	for _, how := range []string{"read", "closed"} {
		var ctx context.Context
		rt, _ := revhttp.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
			ctx = r.Context()
			return &http.Response{Body: io.NopCloser(strings.NewReader("x"))}, nil
		}))
		resp, err := rt.RoundTrip(httptest.NewRequest("GET", "/", nil))
		if err != nil || ctx.Err() != nil {
			t.Fatal(err, ctx.Err())
		}
		if how == "read" {
			_, err = io.ReadAll(resp.Body)
		} else {
			err = resp.Body.Close()
		}
		if err != nil || ctx.Err() == nil {
			t.Errorf("%s: %v; the context has not ended", how, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
