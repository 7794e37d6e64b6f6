package revhttp

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// TestWakeTouchesWhatRuns, and nothing else: a read that has ended, and a Close that has, are not woken; nor is the connection of a
// handler that has returned, which may have another request.
func TestWakeTouchesWhatRuns(t *testing.T) {
	for _, how := range []string{"read", "closed", "not at all"} {
		w := newTold()
		var body io.ReadCloser
		var ctx context.Context
		serveTold(w, post(strings.NewReader("abc")), func(_ http.ResponseWriter, r *http.Request, owner *revio.Owner) {
			body, ctx = r.Body, r.Context()
			switch how {
			case "read":
				_, _ = body.Read(make([]byte, 1))
			case "closed":
				_ = body.Close()
			}
			owner.RevokeNoWait()
			if !w.read.IsZero() || !w.write.IsZero() {
				t.Errorf("%s: woken with %v and %v", how, w.read, w.write)
			}
			if context.Cause(ctx) != revocable.ErrRevoked {
				t.Errorf("the context: %v", context.Cause(ctx))
			}
		})
		if _ = body.Close(); !w.read.IsZero() {
			t.Errorf("%s: the next request is woken", how)
		}
	}
	var ctx context.Context
	serveTold(newTold(), post(nil), func(_ http.ResponseWriter, r *http.Request, _ *revio.Owner) { ctx = r.Context() })
	if ctx.Err() == nil {
		t.Error("the context does not end with the handler")
	}
}

// TestNextRequestIsNotWoken: who closes a body when its handler has returned may be the only one to sleep on that connection.
func TestNextRequestIsNotWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newTold()
		var kept io.ReadCloser
		body := toldBody{nil, func() error { time.Sleep(3 * patience); return nil }}
		serveTold(w, post(body), func(_ http.ResponseWriter, r *http.Request, owner *revio.Owner) {
			kept = r.Body
			owner.RevokeNoWait()
		})
		kept.Close()
		if read, _ := w.woken(); read {
			t.Error("woken after its handler has returned")
		}
	})
}

// TestReadThatWasWokenSaysSo: the 503 ends the connection, except over HTTP/2, where the wake is one stream's; and the exchange can
// be asked again.
func TestReadThatWasWokenSaysSo(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		for _, runs := range []bool{true, false} {
			w := newTold()
			var kept io.ReadCloser
			var owner *revio.Owner
			revoke := func() error { owner.RevokeNoWait(); return nil }
			r := post(toldBody{revoke, func() error { return nil }})
			if http2 {
				r.ProtoMajor = 2
			}
			broken := serveTold(w, r, func(_ http.ResponseWriter, r *http.Request, o *revio.Owner) {
				kept, owner = r.Body, o
				if runs {
					_, _ = r.Body.Read(nil)
				} else {
					_ = revoke()
				}
			})
			closes := w.header.Get("Connection") == "close"
			if broken || closes != (runs && !http2) || w.read.Equal(past) != runs {
				t.Errorf("HTTP/2: %v, a read runs: %v; broken: %v, closes: %v, deadline %v", http2, runs, broken, closes, w.read)
			}
			if err := kept.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestDeadlinesOfAnExchange: they are set, their errors told, and what a revocation that begins meanwhile has set is set again.
func TestDeadlinesOfAnExchange(t *testing.T) {
	for _, kind := range []string{"read", "write"} {
		set := func(w http.ResponseWriter, to time.Time) error {
			if kind == "read" {
				return http.NewResponseController(w).SetReadDeadline(to)
			}
			return http.NewResponseController(w).SetWriteDeadline(to)
		}
		w := newTold()
		is := func() time.Time {
			if kind == "read" {
				return w.read
			}
			return w.write
		}
		soon := time.Now().Add(time.Hour)
		serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, owner *revio.Owner) {
			if err := set(wrapped, soon); err != nil || !is().Equal(soon) {
				t.Errorf("%s: %v, %v", kind, err, is())
			}
			w.err = errBare
			if err := set(wrapped, soon); err != errBare {
				t.Errorf("%s: %v", kind, err)
			}
			w.err = nil
			owner.RevokeNoWait()
			if err := set(wrapped, time.Time{}); !isRefused(err, "set deadline") || !is().Equal(soon) {
				t.Errorf("%s after the revocation: %v, %v", kind, err, is())
			}
		})

		// The server's takes a while: the revocation begins after it was entered.
		for _, revoked := range []bool{true, false} {
			core := op.New(op.Settings{}, net.ErrClosed)
			w := newTold()
			slow := &slowDeadlines{told: w}
			x := newExchange(core, slow, post(nil), func(error) {})
			slow.during = func() {
				if revoked {
					core.RevokeNoWait()
				}
			}
			x.reads, x.writes = 1, 1
			err := set(x.wrap(slow), soon)
			got := w.read
			if kind == "write" {
				got = w.write
			}
			if err != nil || got.Equal(past) != revoked {
				t.Errorf("%s, revoked meanwhile: %v: %v, deadline %v", kind, revoked, err, got)
			}
		}
	}
}

// slowDeadlines does something else once before it sets one.
type slowDeadlines struct {
	*told
	during func()
}

func (w *slowDeadlines) once() {
	if d := w.during; d != nil {
		w.during = nil
		d()
	}
}

func (w *slowDeadlines) SetReadDeadline(t time.Time) error {
	w.once()
	return w.told.SetReadDeadline(t)
}
func (w *slowDeadlines) SetWriteDeadline(t time.Time) error {
	w.once()
	return w.told.SetWriteDeadline(t)
}

// TestOperationsAreWaitedFor, also when their handler has returned.
func TestOperationsAreWaitedFor(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	var owner *revio.Owner
	waits := func(what string) func() {
		return func() {
			if err := owner.RevokeContext(over); err != context.Canceled {
				t.Errorf("Revoke does not wait for %s: %v", what, err)
			}
		}
	}
	w := &slowDeadlines{told: newTold()}
	var kept http.ResponseWriter
	serveTold(w, post(nil), func(wrapped http.ResponseWriter, _ *http.Request, o *revio.Owner) { kept, owner = wrapped, o })
	w.during = waits("a deadline")
	_ = http.NewResponseController(kept).SetReadDeadline(time.Time{})

	var body io.ReadCloser
	read := toldBody{func() error { waits("a read")(); return nil }, nil}
	serveTold(newTold(), post(read), func(_ http.ResponseWriter, r *http.Request, o *revio.Owner) { body, owner = r.Body, o })
	_, _ = body.Read(nil)
}

// TestLateRead: the revocation begins when it has entered, and has woken everybody before it is known to run.
func TestLateRead(t *testing.T) {
	for entered := false; !entered; {
		core := op.New(op.Settings{}, net.ErrClosed)
		x := newExchange(core, newTold(), post(nil), func(error) {})
		body := &requestBody{x, toldBody{on: func() error { t.Error("the body is reached"); return nil }}}
		x.mu.Lock() // which the read waits for when it has entered
		type result struct {
			n   int
			err error
		}
		read := make(chan result)
		go func() {
			n, err := body.Read(make([]byte, 1))
			read <- result{n, err}
		}()
		time.Sleep(time.Millisecond)
		entered = core.RevokeContext(canceled()) != nil // if there was something to wait for
		x.mu.Unlock()
		if r := <-read; r.n != 0 || !isRefused(r.err, "read") || x.reads != 0 {
			t.Errorf("read %d, %v; %d are running", r.n, r.err, x.reads)
		}
	}
}

func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

// TestPatience: how writes that sleep are woken where that has a price. Time is that of a bubble.
func TestPatience(t *testing.T) {
	type wake struct {
		read, write bool // the deadlines have been set into the past
	}
	for name, c := range map[string]struct {
		http2  bool
		body   string // what the request has
		before func(r *http.Request)
		asleep time.Duration // how long the write sleeps
		at     map[time.Duration]wake
		broken bool
	}{
		"HTTP/1":                       {asleep: 3 * patience, at: map[time.Duration]wake{0: {write: true}, 2 * patience: {write: true}}},
		"HTTP/1, a body":               {body: "x", asleep: 3 * patience, at: map[time.Duration]wake{0: {write: true}, patience / 2: {write: true}, 2 * patience: {true, true}}, broken: true},
		"HTTP/1, a body, not for long": {body: "x", asleep: patience / 2, at: map[time.Duration]wake{0: {write: true}, 2 * patience: {}}},
		"HTTP/1, a body that was read": {body: "x", before: func(r *http.Request) { _, _ = io.ReadAll(r.Body) }, asleep: 3 * patience, at: map[time.Duration]wake{0: {write: true}, 2 * patience: {write: true}}},
		"HTTP/1, a body half read":     {body: "xyz", before: func(r *http.Request) { _, _ = r.Body.Read(make([]byte, 1)) }, asleep: 3 * patience, at: map[time.Duration]wake{0: {write: true}, 2 * patience: {true, true}}, broken: true},
		"HTTP/1, a body closed":        {body: "x", before: func(r *http.Request) { r.Body.Close() }, asleep: 3 * patience, at: map[time.Duration]wake{0: {write: true}, 2 * patience: {write: true}}},
		"HTTP/2":                       {http2: true, asleep: 3 * patience, at: map[time.Duration]wake{0: {}, patience / 2: {}, 2 * patience: {write: true}}, broken: true},
		"HTTP/2, a body":               {http2: true, body: "x", asleep: 3 * patience, at: map[time.Duration]wake{0: {}, 2 * patience: {write: true}}, broken: true},
		"HTTP/2, not for long":         {http2: true, asleep: patience / 2, at: map[time.Duration]wake{0: {}, 2 * patience: {}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newTold()
				r := post(nil)
				if c.body != "" {
					r = post(strings.NewReader(c.body))
				}
				if c.http2 {
					r.ProtoMajor = 2
				}
				broken := serveTold(w, r, func(wrapped http.ResponseWriter, r *http.Request, owner *revio.Owner) {
					if c.before != nil {
						c.before(r)
					}
					w.during = func() {
						owner.RevokeNoWait()
						for at, want := range c.at {
							time.AfterFunc(at+1, func() {
								var got wake
								if got.read, got.write = w.woken(); got != want {
									t.Errorf("after %v: %v, want %v", at, got, want)
								}
							})
						}
						time.Sleep(c.asleep)
						w.during = nil
					}
					_, err := wrapped.Write([]byte("abc"))
					if late := c.http2 && c.asleep > patience; isRefused(err, "write") != late {
						t.Errorf("the write ends with %v", err)
					}
				})
				if broken != c.broken {
					t.Errorf("broken: %v", broken)
				}
				time.Sleep(4 * patience)
			})
		})
	}
}

// TestTwoWrites: one of them ends, the other one sleeps on until it is woken; and only then is the wake undone.
func TestTwoWrites(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newTold()
			core := op.New(op.Settings{}, net.ErrClosed)
			r := post(nil)
			if http2 {
				r.ProtoMajor = 2
			}
			x := newExchange(core, w, r, func(error) {})
			core.Add(x)
			ends := make(chan error)
			for _, asleep := range []time.Duration{patience / 2, 3 * patience} {
				go func() { ends <- x.write(func() error { time.Sleep(asleep); return nil }) }()
			}
			synctest.Wait()
			core.RevokeNoWait()
			if err := <-ends; err != nil {
				t.Errorf("the first ends with %v", err)
			}
			time.Sleep(patience)
			if _, write := w.woken(); !write {
				t.Errorf("HTTP/2: %v: the second is not woken", http2)
			}
			if err := <-ends; isRefused(err, "write") != http2 {
				t.Errorf("the second ends with %v", err)
			}
			if _, write := w.woken(); write != http2 {
				t.Errorf("HTTP/2: %v: then it is woken: %v", http2, write)
			}
		})
	}
}

// TestWriteTimeoutOfTheServer is what the deadline goes back to, none if there is none.
func TestWriteTimeoutOfTheServer(t *testing.T) {
	for _, s := range []*http.Server{nil, {}, {WriteTimeout: 1}, {WriteTimeout: time.Hour}} {
		r := post(nil)
		if s != nil {
			r = r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, s))
		}
		x := newExchange(op.New(op.Settings{}), newTold(), r, func(error) {})
		if want := s != nil && s.WriteTimeout > 0; x.deadline.IsZero() == want {
			t.Errorf("of %+v: %v", s, x.deadline)
		}
	}
}

// TestPatienceWithAClose that sleeps: it is woken after a while, whether it began before the revocation or after, and whether or not another
// slept before it; and one that does not sleep is left alone, and so is the connection.
func TestPatienceWithAClose(t *testing.T) {
	for _, http2 := range []bool{false, true} {
		for _, before := range []bool{false, true} {
			for _, asleep := range []time.Duration{0, patience / 2, 3 * patience} {
				synctest.Test(t, func(t *testing.T) {
					w := newTold()
					r := post(toldBody{nil, func() error { time.Sleep(asleep); return nil }})
					if http2 {
						r.ProtoMajor = 2
					}
					woken := asleep > patience && !http2
					broken := serveTold(w, r, func(wrapped http.ResponseWriter, r *http.Request, owner *revio.Owner) {
						if _, err := wrapped.Write([]byte("abc")); err != nil {
							t.Error(err)
						}
						if before {
							owner.RevokeNoWait()
						} else {
							time.AfterFunc(1, func() { owner.RevokeNoWait() })
						}
						time.AfterFunc(2*patience, func() {
							if read, write := w.woken(); read != woken || write {
								t.Errorf("HTTP/2: %v, Close takes %v: woken: %v, %v", http2, asleep, read, write)
							}
						})
						r.Body.Close()
						r.Body.Close()
					})
					if broken != woken {
						t.Errorf("HTTP/2: %v, Close takes %v: broken: %v", http2, asleep, broken)
					}
					time.Sleep(4 * patience)
				})
			}
		}
	}
}

// TestNobodyIsHurriedForAnother: each operation has its second, whatever ran before it; and none has the connection's next request woken.
func TestNobodyIsHurriedForAnother(t *testing.T) {
	for _, first := range []string{"nothing", "a write", "a close"} {
		synctest.Test(t, func(t *testing.T) {
			w := newTold()
			core := op.New(op.Settings{}, net.ErrClosed)
			x := newExchange(core, w, post(nil), func(error) {})
			unread := func() {
				x.mu.Lock()
				defer x.mu.Unlock()
				x.unread = true
			}
			unread()
			core.Add(x)
			sleep := func() error { time.Sleep(patience / 2); return nil }
			closing := func() { (&requestBody{x, toldBody{nil, sleep}}).Close() }
			if first == "a write" {
				go func() { _ = x.write(sleep) }()
				synctest.Wait()
			}
			core.RevokeNoWait()
			switch first {
			case "a close":
				closing()
			default:
				time.Sleep(patience / 2)
			}
			time.Sleep(patience / 4)
			unread()
			closing()
			if read, _ := w.woken(); read {
				t.Errorf("after %s: woken before its time", first)
			}
			x.mu.Lock()
			if x.closes != 0 || x.writes != 0 || x.delayed != nil {
				t.Errorf("after %s: %d closes and %d writes run, a timer: %v", first, x.closes, x.writes, x.delayed != nil)
			}
			x.mu.Unlock()
			x.end()
			unread()
			sleep = func() error { time.Sleep(3 * patience); return nil }
			closing()
			if read, _ := w.woken(); read {
				t.Errorf("after %s: the next request is woken", first)
			}
		})
	}
}
