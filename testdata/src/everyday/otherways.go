package everyday

import (
	"context"
	"net"
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

func badClosedOnlyAsWhatItMayBe(address string) error {
	c, err := net.Dial("unix", address) // want revleak
	if err != nil {
		return err
	}
	if u, ok := c.(*net.UnixConn); ok {
		return u.Close()
	}
	return nil
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
