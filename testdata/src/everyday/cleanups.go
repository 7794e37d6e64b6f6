package everyday

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime"
	"sync"
	"testing"
)

// A file comes with what closes it.
func openWith(path string) (f *os.File, closeIt func(), err error) {
	f, err = os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { f.Close() }, nil
}

func sizeWith(path string) (int64, error) {
	f, closeIt, err := openWith(path)
	if err != nil {
		return 0, err
	}
	defer closeIt()
	fi, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}

func badSizeWith(path string) (int64, error) {
	f, closeIt, err := openWith(path) // want revleak
	if err != nil {
		return 0, err
	}
	fi, err := f.Stat()
	if err != nil {
		return 0, err
	}
	closeIt()
	return fi.Size(), nil
}

// What has to be closed is put into a list, which is run whatever happens.
func listed(a, b string) error {
	var cleanups []func() error
	defer func() {
		for _, c := range cleanups {
			c()
		}
	}()
	f, err := os.Open(a)
	if err != nil {
		return err
	}
	cleanups = append(cleanups, f.Close)
	g, err := os.Open(b)
	if err != nil {
		return err
	}
	cleanups = append(cleanups, g.Close)
	return sameFile(f, g)
}

func badListed(a, b string) error {
	var cleanups []func() error
	defer func() {
		for _, c := range cleanups {
			c()
		}
	}()
	f, err := os.Open(a)
	if err != nil {
		return err
	}
	cleanups = append(cleanups, f.Close)
	g, err := os.Open(b) // want revleak
	if err != nil {
		return err
	}
	if err := sameFile(f, g); err != nil {
		return err
	}
	cleanups = append(cleanups, g.Close)
	return nil
}

func sameFile(f, g *os.File) error {
	a, err := f.Stat()
	if err != nil {
		return err
	}
	b, err := g.Stat()
	if err != nil {
		return err
	}
	if !os.SameFile(a, b) {
		return errors.New("not the same")
	}
	return nil
}

// The test closes it at its end.
func testFile(t *testing.T, path string) *os.File {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func testSize(t *testing.T, path string) int64 {
	f := testFile(t, path)
	fi, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return fi.Size()
}

func badTestSize(t *testing.T, path string) int64 {
	f, err := os.Open(path) // want revleak
	if err != nil {
		t.Fatal(err)
	}
	fi, err := f.Stat()
	if err != nil {
		return 0
	}
	t.Cleanup(func() { f.Close() })
	return fi.Size()
}

// The connection is closed when the context is over.
func dialFor(ctx context.Context, addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	return conn, nil
}

func greetFor(ctx context.Context, addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	_, err = conn.Write([]byte("hello"))
	return err
}

func badGreetFor(ctx context.Context, addr string) error {
	conn, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return err
	}
	if _, err := conn.Write([]byte("hello")); err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	return nil
}

type mapped struct{ f *os.File }

// The file is closed when nobody has the object.
func collected(path string) (*mapped, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	m := &mapped{}
	runtime.AddCleanup(m, func(f *os.File) { f.Close() }, f)
	return m, nil
}

func badCollected(path string, skip bool) (*mapped, error) {
	f, err := os.Open(path) // want revleak
	if err != nil {
		return nil, err
	}
	m := &mapped{}
	if skip {
		return m, nil
	}
	runtime.AddCleanup(m, func(f *os.File) { f.Close() }, f)
	return m, nil
}

// Once is enough.
func closedOnce(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	stop := sync.OnceFunc(func() { f.Close() })
	defer stop()
	_, err = f.Stat()
	stop()
	return err
}

func badClosedOnce(path string) error {
	f, err := os.Open(path) // want revleak
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		return err
	}
	stop := sync.OnceFunc(func() { f.Close() })
	defer stop()
	return nil
}

type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *table) tried(key string) (int, bool) {
	if !t.mu.TryRLock() {
		return 0, false
	}
	defer t.mu.RUnlock()
	return t.rows[key], true
}

func (t *table) badTried(key string) (int, bool) {
	if !t.mu.TryRLock() { // want revleak
		return 0, false
	}
	n, ok := t.rows[key]
	if !ok {
		return 0, false
	}
	t.mu.RUnlock()
	return n, true
}

func (t *table) set(key string, n int) bool {
	ok := t.mu.TryLock()
	if ok {
		t.rows[key] = n
		t.mu.Unlock()
	}
	return ok
}

func (t *table) badSet(key string, n int) bool {
	if t.mu.TryLock() { // want revleak
		if t.rows == nil {
			return false
		}
		t.rows[key] = n
		t.mu.Unlock()
		return true
	}
	return false
}
