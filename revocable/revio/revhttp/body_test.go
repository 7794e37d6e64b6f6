package revhttp

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"testing"
	"weak"

	"github.com/revlint/revlint/revocable/revio"
)

// TestExchangesLeaveNothingBehind: an owner that lives long knows nothing of requests that are over, whatever became of them.
func TestExchangesLeaveNothingBehind(t *testing.T) {
	h, owner := Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	w := newTold()
	gone := weak.Make(w)
	h.ServeHTTP(w, post(nil))
	w = nil
	rt, tripOwner := RoundTripper(tripFunc(func(r *http.Request) (*http.Response, error) {
		return &http.Response{Body: toldBody{nil, func() error { return nil }}}, nil
	}))
	type key struct{}
	value := new([1 << 10]byte)
	trip := weak.Make(value)
	resp, err := rt.RoundTrip(post(nil).WithContext(context.WithValue(t.Context(), key{}, value)))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	resp, value = nil, nil
	for range 10 {
		runtime.GC()
	}
	if gone.Value() != nil || trip.Value() != nil {
		t.Errorf("the owners keep an exchange: %v, a trip: %v", gone.Value() != nil, trip.Value() != nil)
	}
	runtime.KeepAlive(h)
	runtime.KeepAlive(rt)
	owner.Revoke()
	tripOwner.Revoke()
}

type tripFunc func(*http.Request) (*http.Response, error)

func (f tripFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A toldDuplex is a body that is written to as well.
type toldDuplex struct{ toldBody }

func (d toldDuplex) Write(p []byte) (int, error) { return len(p), d.on() }

// TestBodyOfAResponse: its operations give what they give, are waited for, and after the revocation Close alone reaches it, once, before
// the context ends that keeps the connection.
func TestBodyOfAResponse(t *testing.T) {
	for _, duplex := range []bool{false, true} {
		var ctx context.Context
		reached, closes := 0, 0
		failing := error(nil)
		var during func()
		body := toldBody{
			func() error {
				reached++
				if d := during; d != nil {
					during = nil
					d()
				}
				return failing
			},
			func() error {
				if closes++; !duplex && ctx.Err() != nil {
					t.Error("the context ends before the Close")
				}
				return errBare
			},
		}
		make := func() (io.ReadCloser, *revio.Owner) {
			rt, owner := RoundTripper(tripFunc(func(r *http.Request) (*http.Response, error) {
				ctx = r.Context()
				if duplex {
					return &http.Response{Body: toldDuplex{body}}, nil
				}
				return &http.Response{Body: body}, nil
			}))
			resp, err := rt.RoundTrip(post(nil))
			if err != nil {
				t.Fatal(err)
			}
			return resp.Body, owner
		}
		type operation struct {
			name string
			do   func(c io.ReadCloser) (int, error)
		}
		all := []operation{{"read", func(c io.ReadCloser) (int, error) { return c.Read([]byte("abc")) }}}
		if duplex {
			all = append(all, operation{"write", func(c io.ReadCloser) (int, error) { return c.(io.Writer).Write([]byte("abc")) }})
		}
		for _, o := range all {
			c, owner := make()
			if n, err := o.do(c); n != 3 || err != nil {
				t.Errorf("%s: %d, %v", o.name, n, err)
			}
			failing = errBare
			if n, err := o.do(c); n != 3 || err != errBare {
				t.Errorf("%s: %d, %v", o.name, n, err)
			}
			c, owner = make()
			during = func() {
				if err := owner.RevokeContext(canceled()); err != context.Canceled {
					t.Errorf("Revoke does not wait for the %s: %v", o.name, err)
				}
			}
			if n, err := o.do(c); n != 3 || !isRefused(err, o.name) {
				t.Errorf("%s, revoked meanwhile: %d, %v", o.name, n, err)
			}
			before := reached
			if n, err := o.do(c); n != 0 || !isRefused(err, o.name) || reached != before {
				t.Errorf("%s after the revocation: %d, %v; %d reached the body", o.name, n, err, reached-before)
			}
			failing = nil
		}
		c, _ := make()
		closes = 0
		for range 2 {
			if err := c.Close(); err != errBare || closes != 1 {
				t.Errorf("Close: %v; %d reached the body", err, closes)
			}
		}
	}
}

// TestTripsAreWaitedFor, and one that succeeds although it was woken gives a response whose body is over.
func TestTripsAreWaitedFor(t *testing.T) {
	for _, duplex := range []bool{false, true} {
		var owner *revio.Owner
		closes := 0
		rt, o := RoundTripper(tripFunc(func(r *http.Request) (*http.Response, error) {
			if err := owner.RevokeContext(canceled()); err != context.Canceled {
				t.Errorf("Revoke does not wait for the trip: %v", err)
			}
			<-r.Context().Done()
			body := toldBody{func() error { t.Error("the body is reached"); return nil }, func() error { closes++; return nil }}
			if duplex {
				return &http.Response{Body: toldDuplex{body}}, nil
			}
			return &http.Response{Body: body}, nil
		}))
		owner = o
		resp, err := rt.RoundTrip(post(nil))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := resp.Body.Read(nil); !isRefused(err, "read") {
			t.Errorf("a read: %v", err)
		}
		if err := resp.Body.Close(); err != nil || closes != 1 {
			t.Errorf("Close: %v, %d times", err, closes)
		}
	}
}
