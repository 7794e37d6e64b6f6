package everyday

import (
	"context"
	"net"
	"net/http"
	"os"
	"syscall"
)

// Other ways to the same end: a value is closed by what a type assertion made of it, by its
// number, or by way of the context that holds it.

func okClosedAsWhatItIs(address string) error {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	t := c.(*net.TCPConn)
	defer t.Close()
	return t.CloseWrite()
}

func okClosedAsWhatItMayBe(address string) error {
	c, err := net.Dial("unix", address)
	if err != nil {
		return err
	}
	if u, ok := c.(*net.UnixConn); ok {
		return u.Close()
	}
	return c.Close()
}

func okClosedOnlyAsWhatItMustBe(address string) error {
	c, err := net.Dial("unix", address)
	if err != nil {
		return err
	}
	if u, ok := c.(*net.UnixConn); ok {
		return u.Close()
	}
	return nil
}

func okListensAsWhatItMustBe(addresses []string) (all []*net.TCPListener, err error) {
	for _, a := range addresses {
		l, err := net.Listen("tcp", a)
		if err != nil {
			return all, err
		}
		if t, ok := l.(*net.TCPListener); ok {
			all = append(all, t)
		}
	}
	return all, nil
}

func badNotClosedAsWhatItIs(address string, limit int) error {
	c, err := net.Dial("tcp", address) // want revleak
	if err != nil {
		return err
	}
	t, ok := c.(*net.TCPConn)
	if !ok {
		c.Close()
		return nil
	}
	if limit > 0 {
		return t.SetReadBuffer(limit)
	}
	return t.Close()
}

func okClosedByNumber() (err error) {
	var fds []uintptr
	defer func() {
		if err != nil {
			for _, fd := range fds {
				_ = syscall.Close(int(fd))
			}
		}
	}()
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	fds = append(fds, r.Fd(), w.Fd())
	_, err = w.Write([]byte("x"))
	return err
}

func badNumberIsOnlyUsed(name string) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	return syscall.Fsync(int(f.Fd()))
}

type span struct{ name string }

type spanKey struct{}

// start begins a span, which the context holds, too.
//
//revlint:acquire s
func start(ctx context.Context, name string) (_ context.Context, s *span) {
	s = &span{name}
	return context.WithValue(ctx, spanKey{}, s), s
}

//revlint:release s idempotent
func (s *span) end() {}

func endIn(ctx context.Context) { ctx.Value(spanKey{}).(*span).end() }

func startOften(ctx context.Context) (context.Context, *span) {
	ctx, s := start(ctx, "often")
	return ctx, s
}

func okEndedByItsContext(ctx context.Context, work func(context.Context) error) error {
	ctx, _ = start(ctx, "work")
	defer func() { endIn(ctx) }()
	return work(ctx)
}

func okEndedByItsContextFar(ctx context.Context, work func(context.Context) error) error {
	ctx, _ = startOften(ctx)
	defer func() { endIn(ctx) }()
	return work(ctx)
}

func badNeverEnded(ctx context.Context, work func(context.Context) error) error {
	ctx, s := start(ctx, "work") // want revleak
	if err := work(ctx); err != nil {
		return err
	}
	s.end()
	return nil
}

func badNothingKept(ctx context.Context) {
	start(ctx, "nothing") // want revleak
}

func badContextOfAFunction(ctx context.Context, work func(context.Context) error) error {
	ctx, _ = context.WithCancel(ctx) // want revleak
	return work(ctx)
}

// A result that is looked at first is there without an error, by custom: where both are, who
// owes what is in doubt.

func okAskedFirst(base http.RoundTripper, r *http.Request, count func(int)) (*http.Response, error) {
	resp, err := base.RoundTrip(r)
	code := 0
	if resp != nil {
		code = resp.StatusCode
	}
	if err != nil || resp != nil && code >= 400 {
		count(code)
	}
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func okFileAskedFirst(name string) error {
	f, err := os.Open(name)
	if f != nil {
		println(f.Name())
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func badAskedFirst(name string) error {
	f, err := os.Open(name) // want revleak
	if f != nil {
		println(f.Name())
	}
	if err != nil {
		return err
	}
	return nil
}

// A method that looks for itself whether there is something to release is not to be blamed for
// nothing.

type plug struct{ open bool }

//revlint:acquire l if err == nil
func plugIn(address string) (l *plug, err error) {
	if address == "" {
		return nil, os.ErrInvalid
	}
	return &plug{true}, nil
}

//revlint:release l
func (l *plug) close() error {
	if l == nil {
		return os.ErrInvalid
	}
	l.open = false
	return nil
}

type cable struct{ open bool }

//revlint:acquire w if err == nil
func layCable(address string) (w *cable, err error) {
	if address == "" {
		return nil, os.ErrInvalid
	}
	return &cable{true}, nil
}

//revlint:release w
func (w *cable) close() { w.open = false }

func okClosedUnasked(address string) {
	l, _ := plugIn(address)
	defer l.close()
}

func okFileClosedUnasked(name string) {
	f, _ := os.Open(name)
	defer f.Close()
}

func badClosedUnasked(address string) {
	w, _ := layCable(address)
	defer w.close() // want revnil
}

func badClosedTwiceUnasked(address string) {
	l, err := plugIn(address)
	if err != nil {
		return
	}
	defer l.close() // want revrelease
	l.close()
}

func okReadUnasked(name string, b []byte) {
	f, _ := os.Open(name)
	f.Read(b)
	f.Close()
}

func badNumberOfNobody(name string) (uintptr, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	return f.Fd(), nil
}
