package revio_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/revlint/revlint/revocable/revio"
)

// Before the revocation a wrapper is what its object is, to those who know best.

func TestFSConforms(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, tree); err != nil {
		t.Fatal(err)
	}
	for name, bare := range map[string]fs.FS{
		"map":    tree,
		"dir":    os.DirFS(dir),
		"simple": struct{ fs.FS }{tree}, // nothing but Open
	} {
		t.Run(name, func(t *testing.T) {
			wrapped, _ := revio.FS(bare)
			if err := fstest.TestFS(wrapped, "a", "b/c", "b/d/e"); err != nil {
				t.Error(err)
			}
		})
	}
}

var tree = fstest.MapFS{
	"a":     {Data: []byte("alpha")},
	"b/c":   {Data: []byte("gamma")},
	"b/d/e": {Data: bytes.Repeat([]byte("epsilon"), 100)},
}

func TestFileConforms(t *testing.T) {
	content := []byte(strings.Repeat("the quick brown fox\n", 1000))
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	wrapped, _ := revio.File(f)
	if err := iotest.TestReader(wrapped, content); err != nil {
		t.Error(err)
	}
	if wrapped.(interface{ Name() string }).Name() != name {
		t.Error("another name")
	}
}

// pair returns two connected connections of a network, or of net.Pipe.
func pair(network string) (c1, c2 net.Conn, err error) {
	if network == "pipe" {
		c1, c2 = net.Pipe()
		return c1, c2, nil
	}
	l, err := listen(network)
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	return meet(l)
}

// listen listens on this machine alone.
func listen(network string) (net.Listener, error) {
	if network != "unix" {
		return net.Listen(network, "127.0.0.1:0")
	}
	dir, err := os.MkdirTemp("", "revio") // t.TempDir is too long for an address
	if err != nil {
		return nil, err
	}
	l, err := net.Listen(network, filepath.Join(dir, "socket"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return unixListener{l, dir}, nil
}

// A unixListener removes the folder of its socket when it is closed.
type unixListener struct {
	net.Listener
	dir string
}

func (l unixListener) Close() error {
	return errors.Join(l.Listener.Close(), os.RemoveAll(l.dir))
}

func meet(l net.Listener) (accepted, dialed net.Conn, err error) {
	type result struct {
		c   net.Conn
		err error
	}
	dials := make(chan result, 1)
	go func() {
		c, err := net.Dial(l.Addr().Network(), l.Addr().String())
		dials <- result{c, err}
	}()
	if accepted, err = l.Accept(); err != nil {
		return nil, nil, err
	}
	r := <-dials
	return accepted, r.c, r.err
}

// Copies go the same way as without wrappers, whoever copies.
func TestCopies(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 20_000) // several operations long
	name := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	open := func() *os.File {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	for what, source := range map[string]io.Reader{
		"memory":              bytes.NewReader(content),
		"one byte at a time":  iotest.OneByteReader(bytes.NewReader(content)),
		"data with its error": iotest.DataErrReader(bytes.NewReader(content)),
		"file":                open(),
		"part of a file":      io.LimitReader(open(), int64(len(content))),
		"wrapped file":        func() io.Reader { f, _ := revio.File(open()); return f }(),
	} {
		t.Run(what, func(t *testing.T) {
			b1, b2, err := pair("tcp")
			if err != nil {
				t.Fatal(err)
			}
			c1, _ := revio.Conn(b1)
			c2, _ := revio.Conn(b2)
			defer c2.Close()
			sent := make(chan error, 1)
			go func() {
				n, err := io.Copy(c1, source)
				if err == nil && n != int64(len(content)) {
					err = io.ErrShortWrite
				}
				c1.Close()
				sent <- err
			}()
			var got bytes.Buffer
			n, err := io.Copy(&got, c2) // by WriteTo
			if err != nil || n != int64(len(content)) || !bytes.Equal(got.Bytes(), content) {
				t.Errorf("received %d bytes, %v", n, err)
			}
			if err := <-sent; err != nil {
				t.Errorf("sending: %v", err)
			}
		})
	}
}

// A proxy's copy between two connections of one owner is one operation on both, left to the system.
func TestCopyBetweenConnectionsOfOneOwner(t *testing.T) {
	bare, err := listen("tcp")
	if err != nil {
		t.Fatal(err)
	}
	l, owner := revio.Listener(bare)
	defer l.Close()
	in, sender, err := meet(l)
	if err != nil {
		t.Fatal(err)
	}
	out, receiver, err := meet(l)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(out, in)
		done <- err
	}()
	if _, err := sender.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 5)
	if _, err := io.ReadFull(receiver, got); err != nil || string(got) != "hello" {
		t.Fatalf("received %q, %v", got, err)
	}
	owner.Revoke() // while the copy sleeps
	if err := <-done; !isRevoked(err) {
		t.Errorf("the copy ended with %v", err)
	}
	for _, c := range []net.Conn{in, out, sender, receiver} {
		c.Close()
	}
}
