package revio_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"weak"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// A hookedBowl does something else within each Write and ReadFrom.
type hookedBowl struct {
	*bowl
	during func()
}

func (b hookedBowl) Write(p []byte) (int, error)         { b.during(); return b.bowl.Write(p) }
func (b hookedBowl) ReadFrom(r io.Reader) (int64, error) { b.during(); return b.bowl.ReadFrom(r) }

// TestPartsOfACopyAreWaitedFor, whichever way they are copied.
func TestPartsOfACopyAreWaitedFor(t *testing.T) {
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, []byte("soup"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for what, from := range map[string]io.Reader{"a chunk": struct{ io.Reader }{strings.NewReader("soup")}, "a part of a file": file} {
		reached := false
		var owner *revio.Owner
		c, o := revio.Conn(hookedBowl{&bowl{}, func() {
			reached = true
			if err := owner.RevokeContext(over); err != context.Canceled {
				t.Errorf("Revoke does not wait for %s: %v", what, err)
			}
		}})
		owner = o
		if n, _ := c.(io.ReaderFrom).ReadFrom(from); n != 4 || !reached {
			t.Errorf("%s: copied %d", what, n)
		}
	}
}

// TestCopyBetweenTwoFilesOfOneOwner is left to the files where the revocation wakes both.
func TestCopyBetweenTwoFilesOfOneOwner(t *testing.T) {
	for _, wakes := range []bool{true, false} {
		for _, way := range []string{"ReadFrom", "WriteTo"} {
			bowls := bowlFS{"in": {in: strings.NewReader("soup")}, "out": {}}
			opts := []revio.Option{}
			if wakes {
				opts = append(opts, revio.Interrupt(func() {}))
			}
			fsys, _ := revio.FS(bowls, opts...)
			in, err1 := fsys.Open("in")
			out, err2 := fsys.Open("out")
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			var n int64
			var err error
			if way == "ReadFrom" {
				n, err = out.(io.ReaderFrom).ReadFrom(in)
			} else {
				n, err = in.(io.WriterTo).WriteTo(out.(io.Writer))
			}
			if got := bowls["out"].out.String(); n != 4 || err != nil || got != "soup" {
				t.Errorf("%s: %d, %v, %q", way, n, err, got)
			}
			ways := strings.Join(append(bowls["in"].ways, bowls["out"].ways...), ", ")
			if direct := ways == "from a file" || ways == "to a file"; direct != wakes {
				t.Errorf("%s, woken: %v: went %q", way, wakes, ways)
			}
		}
	}
}

// A bowlFS has files without deadlines, which say which way a copy went.
type bowlFS map[string]*bowl

func (f bowlFS) Open(name string) (fs.File, error) { return newBowlFile(f[name]), nil }

type bowlFile struct {
	bareReader
	bareWays
}

func newBowlFile(b *bowl) bowlFile { return bowlFile{bareReader{b}, bareWays{b}} }

type bareReader struct{ b *bowl }

func (r bareReader) Read(p []byte) (int, error)  { return r.b.Read(p) }
func (r bareReader) Write(p []byte) (int, error) { return r.b.Write(p) }
func (r bareReader) Close() error                { return nil }
func (r bareReader) Stat() (fs.FileInfo, error)  { return nil, errors.New("no file") }

type bareWays struct{ b *bowl }

func (w bareWays) ReadFrom(r io.Reader) (int64, error) {
	if _, ok := r.(interface {
		WriteTo(io.Writer) (int64, error)
	}); ok {
		w.b.ways = append(w.b.ways, "from a file")
	}
	return w.b.out.ReadFrom(struct{ io.Reader }{r})
}

func (w bareWays) WriteTo(to io.Writer) (int64, error) {
	if _, ok := to.(io.ReaderFrom); ok {
		w.b.ways = append(w.b.ways, "to a file")
	}
	return io.Copy(struct{ io.Writer }{to}, struct{ io.Reader }{w.b.in})
}

// TestErrorIsOfANetwork: an OpError is a net.Error that neither time nor trying again helps.
func TestErrorIsOfANetwork(t *testing.T) {
	c, owner := revio.Conn(zeros{})
	owner.Revoke()
	_, err := c.Read(nil)
	var of net.Error
	if !errors.As(err, &of) || of.Timeout() {
		t.Errorf("%v is a time-out", err)
	}
	if temporary, ok := err.(interface{ Temporary() bool }); !ok || temporary.Temporary() {
		t.Errorf("%v is temporary", err)
	}
}

// TestFileAsReadWriteCloser has an owner.
func TestFileAsReadWriteCloser(t *testing.T) {
	b := newBowlFile(&bowl{in: strings.NewReader("soup")})
	f, owner := revio.ReadWriteCloser(b)
	if _, ok := f.(fs.File); !ok {
		t.Errorf("%T is no file", f)
	}
	owner.Revoke()
	if _, err := f.Read(make([]byte, 1)); !isRevoked(err) {
		t.Errorf("a read after the revocation: %v", err)
	}
}

// oneWay can be woken in one direction only.
type readDeadline struct {
	io.ReadWriteCloser
	set *string
}

func (d readDeadline) SetReadDeadline(time.Time) error { *d.set += "r"; return nil }

type writeDeadline struct {
	io.ReadWriteCloser
	set *string
}

func (d writeDeadline) SetWriteDeadline(time.Time) error { *d.set += "w"; return nil }

// TestOneDeadline: objects that have one deadline of the two are woken by that.
func TestOneDeadline(t *testing.T) {
	for want, wrap := range map[string]func(io.ReadWriteCloser, *string) io.ReadWriteCloser{
		"r": func(c io.ReadWriteCloser, set *string) io.ReadWriteCloser { return readDeadline{c, set} },
		"w": func(c io.ReadWriteCloser, set *string) io.ReadWriteCloser { return writeDeadline{c, set} },
		"rw": func(c io.ReadWriteCloser, set *string) io.ReadWriteCloser {
			return struct {
				readDeadline
				writeDeadline
				io.ReadWriteCloser
			}{readDeadline{c, set}, writeDeadline{c, set}, c}
		},
	} {
		set := ""
		_, owner := revio.ReadWriteCloser(wrap(struct{ io.ReadWriteCloser }{zeros{}}, &set))
		owner.Revoke()
		if set != want {
			t.Errorf("woken by %q, want %q", set, want)
		}
	}
}

// TestOwnersForgetWhatIsClosed: a listener that lives long does not keep the connections that are over.
func TestOwnersForgetWhatIsClosed(t *testing.T) {
	l := make(chanListener, 1)
	wrapped, owner := revio.Listener(l)
	b := &bowl{}
	gone := weak.Make(b)
	l <- b
	c, err := wrapped.Accept()
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	c, b = nil, nil
	for range 10 {
		runtime.GC()
	}
	if gone.Value() != nil {
		t.Error("the owner keeps a closed connection")
	}
	owner.Revoke()
	runtime.KeepAlive(wrapped)
}

// A failingListener fails to close.
type failingListener struct{ chanListener }

func (failingListener) Close() error { return errBare }

// TestListenerThatWasWokenByClosing says what that gave to whoever closes it.
func TestListenerThatWasWokenByClosing(t *testing.T) {
	l, owner := revio.Listener(failingListener{nil})
	owner.Revoke()
	if err := l.Close(); err != errBare {
		t.Errorf("Close: %v", err)
	}
	if err := l.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a second Close: %v", err)
	}
}

func TestInterruptOfNothingPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	revio.Interrupt(nil)
}

// TestPanicOfAnObjectLeaves: the access has ended, whichever operation panicked.
func TestPanicOfAnObjectLeaves(t *testing.T) {
	for name, make := range objects {
		for _, behind := range []bool{false, true} {
			s := new(script)
			var opts []revio.Option
			if behind {
				opts = append(opts, revio.Behind(revocable.NewProvider(new(int)).Handle()))
			}
			_, w, owner := make(s, opts...)
			for _, method := range []string{"Read", "Write", "Accept", "Stat", "Open", "Info", "ReadFrom", "SetDeadline", "SyscallConn"} {
				if !hasMethod(w, method) {
					continue
				}
				s.during = func() { panic("oops") }
				func() {
					defer func() { _ = recover() }()
					invoke(w, method)
				}()
			}
			s.during = nil
			over, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			if err := owner.RevokeContext(over); err != nil {
				t.Errorf("%s, behind %v: %v", name, behind, err)
			}
			cancel()
		}
	}
}
