package revio_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// A slowConn reads and sets read deadlines when the test lets it.
type slowConn struct {
	net.Conn
	read, deadline gate
}

type gate struct{ entered, proceed chan struct{} }

func newSlowConn(c net.Conn) slowConn {
	return slowConn{c, gate{make(chan struct{}), make(chan struct{})}, gate{make(chan struct{}), make(chan struct{})}}
}

func (g gate) pass() {
	close(g.entered)
	<-g.proceed
}

func (c slowConn) Read(p []byte) (int, error) {
	c.read.pass()
	return c.Conn.Read(p)
}

func (c slowConn) SetReadDeadline(t time.Time) error {
	c.deadline.pass()
	return c.Conn.SetReadDeadline(t)
}

// TestDeadlineSetWhileRevoked: the user's deadline overwrites the revoker's. Without the second look the read sleeps on,
// and Revoke with it: the bubble is then deadlocked.
func TestDeadlineSetWhileRevoked(t *testing.T) {
	for _, by := range []string{"owner", "provider behind"} {
		t.Run(by, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bare, peer := net.Pipe()
				defer peer.Close()
				slow := newSlowConn(bare)
				bus := revocable.NewProvider(new(int))
				c, owner := revio.Conn(slow, revio.Behind(bus.Handle()))
				defer c.Close()
				revoke := owner.Revoke
				if by != "owner" {
					revoke = bus.Revoke
				}

				// Both are behind the gate before the revocation; the read falls asleep last.
				set, read := make(chan error, 1), make(chan error, 1)
				go func() { set <- c.SetReadDeadline(time.Time{}) }()
				go func() {
					_, err := c.Read(make([]byte, 1))
					read <- err
				}()
				<-slow.deadline.entered
				<-slow.read.entered
				revoked := make(chan struct{})
				go func() { revoke(); close(revoked) }()
				synctest.Wait()
				close(slow.deadline.proceed)
				synctest.Wait()
				close(slow.read.proceed)
				<-revoked
				if err := <-read; !isRevoked(err) || !errors.Is(err, net.ErrClosed) {
					t.Errorf("the read ends with %v", err)
				}
				<-set
			})
		})
	}
}

// TestLateSleeper: an operation that has entered goes to sleep only after the revoker has woken everybody.
func TestLateSleeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bare, peer := net.Pipe()
		defer peer.Close()
		slow := newSlowConn(bare)
		c, owner := revio.Conn(slow)
		defer c.Close()
		read := make(chan error, 1)
		go func() {
			_, err := c.Read(make([]byte, 1))
			read <- err
		}()
		<-slow.read.entered
		revoked := make(chan struct{})
		go func() { owner.Revoke(); close(revoked) }()
		synctest.Wait()
		close(slow.read.proceed)
		<-revoked
		if err := <-read; !isRevoked(err) {
			t.Errorf("the read ends with %v", err)
		}
	})
}

// TestMovedBytesAreReported: what a write had moved when it was woken is reported with the error.
func TestMovedBytesAreReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bare, peer := net.Pipe()
		defer peer.Close()
		c, owner := revio.Conn(bare)
		defer c.Close()
		go func() {
			io.ReadFull(peer, make([]byte, 3))
			synctest.Wait()
			owner.Revoke()
		}()
		if n, err := c.Write([]byte("hello")); n != 3 || !isRevoked(err) {
			t.Errorf("Write gives %d, %v", n, err)
		}
	})
}

// TestInterrupt: what has no deadlines is woken by its owner, once, and an end of the stream that is due to that does not
// look like one.
func TestInterrupt(t *testing.T) {
	for _, by := range []string{"owner", "provider behind", "both"} {
		t.Run(by, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r, w := io.Pipe()
				var calls atomic.Int32
				bus := revocable.NewProvider(new(int))
				c, owner := revio.ReadWriteCloser(struct {
					io.ReadCloser
					io.Writer
				}{r, w}, revio.Behind(bus.Handle()), revio.Interrupt(func() { calls.Add(1); w.Close() }))
				read := make(chan error, 1)
				go func() {
					_, err := io.ReadAll(c)
					read <- err
				}()
				synctest.Wait()
				if by != "owner" {
					bus.Revoke()
				}
				if by != "provider behind" {
					owner.Revoke()
				}
				if err := <-read; !isRevoked(err) || errors.Is(err, net.ErrClosed) || calls.Load() != 1 {
					t.Errorf("the read ends with %v after %d interrupts", err, calls.Load())
				}
			})
		})
	}
}

// TestErrorIs: programs that know what C told them go on knowing it.
func TestErrorIs(t *testing.T) {
	c, owner := revio.Conn(zeros{}, revio.ErrorIs(syscall.ENODEV))
	owner.Revoke()
	_, err := c.Read(nil)
	if !isRevoked(err) || !errors.Is(err, syscall.ENODEV) || errors.Is(err, syscall.EIO) || !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
	var n net.Error
	if !errors.As(err, &n) || n.Timeout() {
		t.Errorf("%v is no net.Error, or a time-out", err)
	}
	if want := "revio: read: revocable: resource revoked"; err.Error() != want {
		t.Errorf("it says %q, want %q", err, want)
	}
}

// TestCloseReachesTheObjectOnce, from many goroutines, while a read sleeps and the owner revokes; fs_revocable skipped the
// driver's release once revoked.
func TestCloseReachesTheObjectOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, revoke := range []bool{false, true} {
			bare, peer := net.Pipe()
			w := &witness{at: -1}
			c, owner := revio.Conn(strictConn{bare, w})
			read := make(chan error)
			go func() {
				_, err := c.Read(make([]byte, 1))
				read <- err
			}()
			synctest.Wait()
			results := make(chan error)
			for range 8 {
				go func() { results <- c.Close() }()
			}
			if revoke {
				owner.Revoke()
			}
			succeeded := 0
			for range 8 {
				if err := <-results; err == nil {
					succeeded++
				} else if !errors.Is(err, net.ErrClosed) {
					t.Errorf("Close gives %v", err)
				}
			}
			if err := <-read; err == nil {
				t.Error("the read succeeded")
			}
			if w.closed != 1 || succeeded != 1 {
				t.Errorf("%d Closes reached the object, %d succeeded", w.closed, succeeded)
			}
			peer.Close()
		}
	})
}

// TestRevokeWithinATime: an object that cannot be woken keeps Revoke waiting no longer than its context, and what was
// revoked stays so.
func TestRevokeWithinATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		c, owner := revio.ReadWriteCloser(struct {
			io.ReadCloser
			io.Writer
		}{r, w})
		go c.Read(make([]byte, 1))
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := owner.RevokeContext(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("RevokeContext gives %v", err)
		}
		if _, err := c.Read(nil); !isRevoked(err) {
			t.Errorf("then a read gives %v", err)
		}
		w.Close()
		if owner.RevokeNoWait() || owner.Revoke() {
			t.Error("revoked again")
		}
		c.Close()
	})
}

// TestChunksDoNotWaitForTheOtherEnd: a copy from what nobody can wake does not hold the owner up.
func TestChunksDoNotWaitForTheOtherEnd(t *testing.T) {
	b1, b2, err := pair("tcp")
	if err != nil {
		t.Fatal(err)
	}
	defer b2.Close()
	c, owner := revio.Conn(b1)
	defer c.Close()
	r1, w1 := io.Pipe() // never written to, until the end
	r2, w2 := io.Pipe()
	copied := make(chan error, 2)
	asleep := make(chan struct{})
	go func() {
		_, err := c.(io.ReaderFrom).ReadFrom(io.MultiReader(signal{asleep}, r1))
		copied <- err
	}()
	go func() {
		_, err := c.(io.WriterTo).WriteTo(blockedWriter{r2})
		copied <- err
	}()
	b2.Write([]byte("x"))
	<-asleep
	owner.Revoke() // would hang
	w1.Write([]byte("y"))
	w2.Close()
	for range 2 {
		if err := <-copied; !isRevoked(err) {
			t.Errorf("the copy ends with %v", err)
		}
	}
}

// A signal is read from as nothing, once.
type signal struct{ c chan struct{} }

func (s signal) Read([]byte) (int, error) { close(s.c); return 0, io.EOF }

// A blockedWriter accepts what it is given when there is something to read.
type blockedWriter struct{ r io.Reader }

func (w blockedWriter) Write(p []byte) (int, error) {
	w.r.Read(make([]byte, 1))
	return len(p), nil
}

// TestNothingIsLeftBehind: a provider behind knows nothing of what was closed.
func TestNothingIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bus := revocable.NewProvider(new(int))
		woken := false
		c, _ := revio.Conn(wakeConn{zeros{}, &woken}, revio.Behind(bus.Handle()))
		c.Close()
		bus.Revoke()
		synctest.Wait()
		if woken {
			t.Error("woken after Close")
		}
	})
}

// TestNothingIsWokenAfterClose: who is woken closes the other.
func TestNothingIsWokenAfterClose(t *testing.T) {
	l := make(chanListener, 2)
	wrapped, owner := revio.Listener(l)
	var conns [2]net.Conn
	woken := 0
	for i := range conns {
		l <- closingConn{zeros{}, func() { woken++; conns[1-i].Close() }}
	}
	for i := range conns {
		conns[i], _ = wrapped.Accept()
	}
	owner.Revoke()
	if woken != 1 {
		t.Errorf("%d were woken", woken)
	}
}

type chanListener chan net.Conn

func (l chanListener) Accept() (net.Conn, error) { return <-l, nil }
func (l chanListener) Close() error              { return nil }
func (l chanListener) Addr() net.Addr            { return nil }

type closingConn struct {
	zeros
	wake func()
}

func (c closingConn) SetDeadline(time.Time) error { c.wake(); return nil }

type wakeConn struct {
	zeros
	woken *bool
}

func (c wakeConn) SetDeadline(time.Time) error { *c.woken = true; return nil }

// TestGPIOCdevUAF is the kernel's selftest of that name (tools/testing/selftests/drivers/platform, gpio-cdev-uaf), whole:
// open, remove the chip, use the stale file. A chip is a terminal here: read, write, ioctl, poll.
func TestGPIOCdevUAF(t *testing.T) {
	chip := terminal(t)
	w := &witness{at: -1}
	wrapped, owner := revio.File(strictFile{chip, w}, revio.ErrorIs(syscall.ENODEV))
	f := wrapped.(interface {
		fs.File
		io.Writer
		syscall.Conn
		SetReadDeadline(time.Time) error
	})
	raw, err := f.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	ioctl := func() error { return raw.Control(func(uintptr) {}) }
	if err := ioctl(); err != nil {
		t.Fatalf("before: ioctl gives %v", err)
	}
	polled := make(chan error, 1)
	asleep := make(chan struct{})
	go func() { // poll: the descriptor is never ready
		first := true
		polled <- raw.Read(func(uintptr) bool {
			if first {
				first = false
				close(asleep)
			}
			return false
		})
	}()
	<-asleep
	inside, leave := make(chan struct{}), make(chan struct{})
	ran := make(chan error, 1)
	go func() { // an ioctl that takes its time
		ran <- raw.Control(func(uintptr) { close(inside); <-leave })
	}()
	<-inside

	removed := make(chan struct{})
	go func() { owner.Revoke(); close(removed) }() // the chip is removed
	select {
	case <-removed:
		t.Error("removed while an ioctl ran")
	case <-time.After(20 * time.Millisecond):
	}
	close(leave)
	<-removed
	w.fence()

	if err := <-ran; err != nil {
		t.Errorf("the ioctl that ran gives %v", err)
	}

	if err := <-polled; !isRevoked(err) {
		t.Errorf("the poll that slept ends with %v", err)
	}
	for what, op := range map[string]func() error{
		"read":  func() error { _, err := f.Read(make([]byte, 1)); return err },
		"write": func() error { _, err := f.Write([]byte("x")); return err },
		"stat":  func() error { _, err := f.Stat(); return err },
		"ioctl": ioctl,
		"poll":  func() error { return raw.Read(func(uintptr) bool { t.Error("polled"); return true }) },
	} {
		if err := op(); !isRevoked(err) || !errors.Is(err, syscall.ENODEV) {
			t.Errorf("%s of a stale file gives %v", what, err)
		}
	}
	if err := f.Close(); err != nil || w.closed != 1 {
		t.Errorf("close gives %v and has reached the chip %d times", err, w.closed)
	}
	if _, err := chip.Stat(); !errors.Is(err, os.ErrClosed) {
		t.Error("the chip is still open")
	}
}

func TestOperationsDoNotAllocate(t *testing.T) {
	if os.Getenv("REVOCABLEDEBUG") != "" {
		t.Skip("debug mode allocates records")
	}
	bus := revocable.NewProvider(new(int))
	p := make([]byte, 1)
	for name, opts := range map[string][]revio.Option{"alone": nil, "behind": {revio.Behind(bus.Handle())}} {
		c, _ := revio.Conn(zeros{}, opts...)
		for op, fn := range map[string]func(){
			"Read":        func() { c.Read(p) },
			"Write":       func() { c.Write(p) },
			"SetDeadline": func() { c.SetReadDeadline(time.Time{}) },
			"LocalAddr":   func() { c.LocalAddr() },
		} {
			if n := testing.AllocsPerRun(100, fn); n != 0 {
				t.Errorf("%s, %s: %v allocations", name, op, n)
			}
		}
	}
}
