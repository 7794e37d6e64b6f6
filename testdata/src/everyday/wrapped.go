package everyday

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
)

// Who closes a wrapper through an interface runs the wrapper's own method.

type lockFile struct{ file *os.File }

func (l *lockFile) acquire(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	l.file = f
	return nil
}

func (l *lockFile) release() {
	if err := l.file.Close(); err != nil {
		println(err.Error())
	}
}

type lockedListener struct {
	*net.UnixListener
	lock *lockFile
}

func (l *lockedListener) Close() error {
	if l.lock != nil {
		l.lock.release()
		l.lock = nil
	}
	return l.UnixListener.Close()
}

func okWrapperClosed(name string) (l net.Listener, err error) {
	lock := new(lockFile)
	if err := lock.acquire(name + ".lock"); err != nil {
		return nil, err
	}
	l, err = net.Listen("unix", name)
	if err != nil {
		lock.release()
		return nil, err
	}
	l = &lockedListener{l.(*net.UnixListener), lock}
	if err := os.Chmod(name, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

type namedListener struct {
	net.Listener
	name string
}

func (l *namedListener) Close() error { return os.Remove(l.name) }

func badWrapperClosesNothing(name string) (l net.Listener, err error) {
	l, err = net.Listen("unix", name) // want revleak
	if err != nil {
		return nil, err
	}
	l = &namedListener{l, name}
	if err := os.Chmod(name, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

type plainListener struct {
	net.Listener
	name string
}

func newPlain(l net.Listener, name string) *plainListener { return &plainListener{l, name} }

func okPromotedClose(name string) (l net.Listener, err error) {
	l, err = net.Listen("unix", name)
	if err != nil {
		return nil, err
	}
	l = &plainListener{l, name}
	if err := os.Chmod(name, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

func okConstructed(name string) (l net.Listener, err error) {
	l, err = net.Listen("unix", name)
	if err != nil {
		return nil, err
	}
	l = newPlain(l, name)
	if err := os.Chmod(name, 0o600); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

func badConstructed(name string) (l net.Listener, err error) {
	l, err = net.Listen("unix", name) // want revleak
	if err != nil {
		return nil, err
	}
	l = newPlain(l, name)
	if err := os.Chmod(name, 0o600); err != nil {
		return nil, err
	}
	return l, nil
}

func readAndClose(r io.ReadCloser) error {
	_, err := io.ReadAll(r)
	r.Close()
	return err
}

func okLimited(name string, n int64) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return readAndClose(struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, n), f})
}

// The methods of a file that is nil answer with an error, by way of an interface, too.

func closeAndTell(err *error, c io.Closer) { tell(err, c.Close) }

func tell(err *error, f func() error) {
	if e := f(); e != nil && *err == nil {
		*err = e
	}
}

func okNothingToClose(name string) (err error) {
	f, e := os.Open(name)
	if e != nil && !errors.Is(e, fs.ErrNotExist) {
		return e
	}
	defer closeAndTell(&err, f)
	return nil
}

func badClosedByWayOfInterface(name string) (err error) {
	f, e := os.Open(name)
	if e != nil {
		return e
	}
	closeAndTell(&err, f)
	_, err = f.Stat() // want revuse
	return err
}

// Who has got a part of a guard may release by way of it.

type deal struct{ statement *statement }

type statement struct{ pool interface{ Exec() } }

//revlint:acquire d if err == nil
func beginDeal() (d *deal, err error) {
	return &deal{new(statement)}, nil
}

//revlint:release d
func (d *deal) commit() { d.statement = nil }

func okPoolKept(s *statement) {
	if d, err := beginDeal(); err == nil {
		s.pool = d.statement.pool
	}
}

func badPoolLooked() {
	if d, err := beginDeal(); err == nil { // want revleak
		println(d.statement.pool)
	}
}

// A context that is found to be done needs not be cancelled.

func okDone(ctx context.Context, c chan int) int {
	ctx, cancel := context.WithCancel(ctx)
	select {
	case <-ctx.Done():
		return 0
	case n := <-c:
		cancel()
		return n
	}
}

func okParentIsDone(ctx context.Context, work func(context.Context)) {
	part, cancel := context.WithCancel(ctx)
	work(part)
	select {
	case <-ctx.Done():
		return
	default:
	}
	cancel()
}

func badOtherIsDone(ctx, other context.Context, work func(context.Context)) {
	part, cancel := context.WithCancel(ctx) // want revleak
	work(part)
	select {
	case <-other.Done():
		return
	default:
	}
	cancel()
}

func badNotDone(ctx context.Context, c chan int) int {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	select {
	case <-ctx.Done():
		cancel()
		return 0
	case n := <-c:
		return n
	}
}
