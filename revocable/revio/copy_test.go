package revio_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio"
)

// A bowl is a connection that gives what is in it, keeps what it is given, and notes by which way.
type bowl struct {
	net.Conn // nil
	in       io.Reader
	out      bytes.Buffer
	short    int   // a Write takes so much less
	fails    error // of Write, once it has taken that
	empty    bool  // something wrote nothing
	ways     []string
}

func (b *bowl) LocalAddr() net.Addr         { return nil }
func (b *bowl) RemoteAddr() net.Addr        { return nil }
func (b *bowl) SetDeadline(time.Time) error { return nil }
func (b *bowl) Close() error                { return nil }
func (b *bowl) Read(p []byte) (int, error)  { return b.in.Read(p) }

func (b *bowl) Write(p []byte) (int, error) {
	b.empty = b.empty || len(p) == 0
	b.out.Write(p[:len(p)-b.short])
	return len(p) - b.short, b.fails
}

func (b *bowl) ReadFrom(r io.Reader) (int64, error) {
	way := "from something"
	switch r := r.(type) {
	case *bowl:
		way = "from a bowl"
	case *io.LimitedReader:
		if _, ok := r.R.(*os.File); ok {
			way = "from part of a file"
		}
	}
	b.ways = append(b.ways, way)
	n, err := b.out.ReadFrom(r)
	if err == nil {
		err = b.fails
	}
	return n, err
}

func (b *bowl) WriteTo(w io.Writer) (int64, error) {
	way := "to something"
	if _, ok := w.(*bowl); ok {
		way = "to a bowl"
	}
	b.ways = append(b.ways, way)
	return io.Copy(struct{ io.Writer }{w}, struct{ io.Reader }{b.in})
}

// ofOneOwner wraps connections with one owner.
func ofOneOwner(t *testing.T, bare ...net.Conn) (wrapped []net.Conn, owner *revio.Owner) {
	t.Helper()
	accepts := make(chanListener, len(bare))
	l, owner := revio.Listener(accepts)
	for _, b := range bare {
		accepts <- b
		c, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		wrapped = append(wrapped, c)
	}
	return wrapped, owner
}

// A copy between two of one owner is left to the objects, whoever asks for it.
func TestCopyBetweenTwoOfOneOwner(t *testing.T) {
	for _, way := range []string{"ReadFrom", "WriteTo"} {
		in, out := &bowl{in: strings.NewReader("soup")}, &bowl{}
		cs, owner := ofOneOwner(t, in, out)
		copying := func() (int64, error) {
			if way == "ReadFrom" {
				return cs[1].(io.ReaderFrom).ReadFrom(cs[0])
			}
			return cs[0].(io.WriterTo).WriteTo(cs[1])
		}
		if n, err := copying(); n != 4 || err != nil || out.out.String() != "soup" {
			t.Errorf("%s: %d, %v, %q", way, n, err, &out.out)
		}
		if got := strings.Join(append(in.ways, out.ways...), ", "); got != "from a bowl" && got != "to a bowl" {
			t.Errorf("%s went %q", way, got)
		}
		over, cancel := context.WithCancel(t.Context())
		cancel()
		in.in = readerFunc(func([]byte) (int, error) {
			if err := owner.RevokeContext(over); err != context.Canceled {
				t.Errorf("%s: Revoke does not wait for it: %v", way, err)
			}
			return 0, errBare
		})
		if n, err := copying(); n != 0 || !isRevoked(err) {
			t.Errorf("%s, revoked meanwhile: %d, %v", way, n, err)
		}
		if n, err := copying(); n != 0 || !isRevoked(err) {
			t.Errorf("%s after the revocation: %d, %v", way, n, err)
		}
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// A copy between two owners is an operation of one of them at a time.
func TestCopyBetweenTwoOwners(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, way := range []string{"ReadFrom", "WriteTo"} {
		in, out := &bowl{}, &bowl{}
		from, _ := revio.Conn(in)
		to, owner := revio.Conn(out)
		reads := 0
		in.in = readerFunc(func(p []byte) (int, error) {
			if reads++; reads == 2 {
				if err := owner.RevokeContext(over); err != nil {
					t.Errorf("%s: Revoke of the one waits for the other: %v", way, err)
				}
			}
			return copy(p, "soup"), nil
		})
		var n int64
		var err error
		if way == "ReadFrom" {
			n, err = to.(io.ReaderFrom).ReadFrom(from)
		} else {
			n, err = from.(io.WriterTo).WriteTo(to)
		}
		if n != 4 || !isRevoked(err) || out.out.String() != "soup" || reads != 2 {
			t.Errorf("%s: %d, %v, %q after %d reads", way, n, err, &out.out, reads)
		}
	}
}

// What goes wrong with a copy is told, with what had been moved.
func TestCopyThatFails(t *testing.T) {
	for _, way := range []string{"ReadFrom", "WriteTo"} {
		for _, c := range []struct {
			name    string
			in, out *bowl
			n       int64
			err     error
		}{
			{"nothing", &bowl{in: strings.NewReader("")}, &bowl{}, 0, nil},
			{"source", &bowl{in: io.MultiReader(strings.NewReader("soup"), readerFunc(func([]byte) (int, error) { return 0, errBare }))}, &bowl{}, 4, errBare},
			{"sink", &bowl{in: strings.NewReader("soup")}, &bowl{fails: errBare}, 4, errBare},
			{"short write", &bowl{in: strings.NewReader("soup")}, &bowl{short: 1}, 3, io.ErrShortWrite},
			{"short write that fails", &bowl{in: strings.NewReader("soup")}, &bowl{short: 1, fails: errBare}, 3, errBare},
		} {
			from, _ := revio.Conn(c.in)
			to, _ := revio.Conn(c.out)
			var n int64
			var err error
			if way == "ReadFrom" {
				n, err = to.(io.ReaderFrom).ReadFrom(struct{ io.Reader }{c.in})
			} else {
				n, err = from.(io.WriterTo).WriteTo(struct{ io.Writer }{c.out})
			}
			if n != c.n || err != c.err || c.out.empty {
				t.Errorf("%s, %s: %d, %v, want %d, %v; something wrote nothing: %v", way, c.name, n, err, c.n, c.err, c.out.empty)
			}
		}
	}
}

// onlyReadsFrom is a file that can be written to by ReadFrom alone.
type onlyReadsFrom struct {
	fs.File
	b *bowl
}

func (f onlyReadsFrom) ReadFrom(r io.Reader) (int64, error) { return f.b.ReadFrom(r) }

func TestReadFromWithoutWrite(t *testing.T) {
	b := &bowl{}
	f, owner := revio.File(onlyReadsFrom{b: b})
	to := f.(io.ReaderFrom)
	if n, err := to.ReadFrom(readerFunc(strings.NewReader("soup").Read)); n != 4 || err != nil || b.out.String() != "soup" {
		t.Errorf("%d, %v, %q", n, err, &b.out)
	}
	b.fails = errBare
	if n, err := to.ReadFrom(readerFunc(strings.NewReader("soup").Read)); n != 4 || err != errBare {
		t.Errorf("%d, %v", n, err)
	}
	owner.Revoke()
	if n, err := to.ReadFrom(readerFunc(strings.NewReader("soup").Read)); n != 0 || !isRevoked(err) {
		t.Errorf("after the revocation: %d, %v", n, err)
	}
}

// A copy within a copy does not get its buffer.
func TestCopyWithinACopy(t *testing.T) {
	inner, outer := &bowl{}, &bowl{}
	toInner, _ := revio.Conn(inner)
	toOuter, _ := revio.Conn(outer)
	fromInner, _ := revio.Conn(&bowl{in: strings.NewReader("noodles")})
	first := true
	_, err := toOuter.(io.ReaderFrom).ReadFrom(readerFunc(func(p []byte) (int, error) {
		if !first {
			return 0, io.EOF
		}
		first = false
		n := copy(p, "soup")
		if _, err := toInner.(io.ReaderFrom).ReadFrom(readerFunc(strings.NewReader("noodles").Read)); err != nil {
			t.Error(err)
		}
		if _, err := fromInner.(io.WriterTo).WriteTo(struct{ io.Writer }{inner}); err != nil {
			t.Error(err)
		}
		return n, nil
	}))
	if err != nil || outer.out.String() != "soup" || inner.out.String() != "noodlesnoodles" {
		t.Errorf("%v, %q, %q", err, &outer.out, &inner.out)
	}
}

// A regular file is copied in parts, each of which the object reads itself; of a part of a file no more than that.
func TestCopyFromAFile(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 5000) // more than one part
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b := &bowl{}
	c, owner := revio.Conn(b)
	to := c.(io.ReaderFrom)
	part := &io.LimitedReader{R: f, N: 70_000}
	if n, err := to.ReadFrom(part); n != 70_000 || err != nil || part.N != 0 || !bytes.Equal(b.out.Bytes(), content[:70_000]) {
		t.Errorf("a part: %d, %v, %d left", n, err, part.N)
	}
	if n, err := to.ReadFrom(f); n != 10_000 || err != nil || !bytes.Equal(b.out.Bytes(), content) {
		t.Errorf("the rest: %d, %v", n, err)
	}
	if len(b.ways) == 0 {
		t.Error("the object reads none of it itself")
	}
	for _, way := range b.ways {
		if way != "from part of a file" {
			t.Errorf("ways %q", b.ways)
		}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	b.fails = errBare
	if n, err := to.ReadFrom(f); n != 65536 || err != errBare {
		t.Errorf("a part that fails: %d, %v", n, err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	owner.RevokeContext(over)
	if n, err := to.ReadFrom(f); n != 0 || !isRevoked(err) {
		t.Errorf("after the revocation: %d, %v", n, err)
	}
	f.Close()
	other, _ := revio.Conn(&bowl{})
	if n, err := other.(io.ReaderFrom).ReadFrom(f); n != 0 || !errors.Is(err, fs.ErrClosed) {
		t.Errorf("from a closed file: %d, %v", n, err)
	}
}

// A pipe is a file that may sleep.
func TestCopyFromAPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b := &bowl{}
	c, owner := revio.Conn(b)
	done := make(chan error, 1)
	go func() {
		_, err := c.(io.ReaderFrom).ReadFrom(r)
		done <- err
	}()
	time.Sleep(time.Millisecond) // most likely it sleeps in the pipe
	owner.Revoke()
	if _, err := w.Write([]byte("soup")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; !isRevoked(err) {
		t.Errorf("the copy ended with %v", err)
	}
	w.Close()
}
