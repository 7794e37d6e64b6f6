package revio_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"sync"
	"syscall"
	"testing/fstest"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// isRevoked reports whether err is what a revocation gives.
func isRevoked(err error) bool {
	var op *revio.OpError
	return errors.As(err, &op) && errors.Is(err, revocable.ErrRevoked) && errors.Is(err, fs.ErrClosed) && !op.Timeout()
}

// A witness sees all operations that reach an object, and must not see any behind the fence, except Close.
type witness struct {
	mu     sync.Mutex
	seen   int    // operations so far
	at     int    // the number of the one to act in
	act    func() // called in it, before the object's own part
	fenced bool
	closed int
}

// touch is called by each operation, before the object's own part.
func (w *witness) touch(op string) {
	w.mu.Lock()
	var act func()
	if w.seen == w.at {
		act = w.act
	}
	w.seen++
	fenced := w.fenced
	w.mu.Unlock()
	if fenced {
		panic(op + " reaches the object behind the fence")
	}
	if act != nil {
		act()
	}
}

// actNext has act called in the next operation.
func (w *witness) actNext(act func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at, w.act = w.seen, act
}

// wake is called by what sets a deadline; it says whether that wakes, which must not come after Close.
func (w *witness) wake(deadline time.Time) bool {
	if !deadline.Equal(time.Unix(1, 0)) {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed > 0 || w.fenced {
		panic("woken after Close, or behind the fence")
	}
	return true
}

func (w *witness) fence() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fenced = true
}

func (w *witness) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed++
}

// A strictConn has its operations seen, but for the addresses, which wrapping asks for.
type strictConn struct {
	net.Conn
	*witness
}

func (c strictConn) Read(p []byte) (int, error)  { c.touch("Read"); return c.Conn.Read(p) }
func (c strictConn) Write(p []byte) (int, error) { c.touch("Write"); return c.Conn.Write(p) }
func (c strictConn) Close() error                { c.close(); return c.Conn.Close() }
func (c strictConn) LocalAddr() net.Addr         { c.touch("LocalAddr"); return c.Conn.LocalAddr() }
func (c strictConn) RemoteAddr() net.Addr        { c.touch("RemoteAddr"); return c.Conn.RemoteAddr() }

func (c strictConn) SetDeadline(t time.Time) error {
	if !c.wake(t) {
		c.touch("SetDeadline")
	}
	return c.Conn.SetDeadline(t)
}

func (c strictConn) SetReadDeadline(t time.Time) error {
	c.touch("SetReadDeadline")
	return c.Conn.SetReadDeadline(t)
}

func (c strictConn) SetWriteDeadline(t time.Time) error {
	c.touch("SetWriteDeadline")
	return c.Conn.SetWriteDeadline(t)
}

// A strictFile is an *os.File whose operations are seen.
type strictFile struct {
	*os.File
	*witness
}

func (f strictFile) Read(p []byte) (int, error)  { f.touch("Read"); return f.File.Read(p) }
func (f strictFile) Write(p []byte) (int, error) { f.touch("Write"); return f.File.Write(p) }
func (f strictFile) Close() error                { f.close(); return f.File.Close() }
func (f strictFile) Stat() (fs.FileInfo, error)  { f.touch("Stat"); return f.File.Stat() }
func (f strictFile) Sync() error                 { f.touch("Sync"); return f.File.Sync() }
func (f strictFile) Truncate(n int64) error      { f.touch("Truncate"); return f.File.Truncate(n) }

func (f strictFile) Seek(offset int64, whence int) (int64, error) {
	f.touch("Seek")
	return f.File.Seek(offset, whence)
}

func (f strictFile) ReadAt(p []byte, off int64) (int, error) {
	f.touch("ReadAt")
	return f.File.ReadAt(p, off)
}

func (f strictFile) WriteAt(p []byte, off int64) (int, error) {
	f.touch("WriteAt")
	return f.File.WriteAt(p, off)
}

func (f strictFile) WriteString(s string) (int, error) {
	f.touch("WriteString")
	return f.File.WriteString(s)
}

func (f strictFile) ReadFrom(r io.Reader) (int64, error) {
	f.touch("ReadFrom")
	return f.File.ReadFrom(r)
}

func (f strictFile) WriteTo(w io.Writer) (int64, error) {
	f.touch("WriteTo")
	return f.File.WriteTo(w)
}

func (f strictFile) ReadDir(n int) ([]fs.DirEntry, error) {
	f.touch("ReadDir")
	return f.File.ReadDir(n)
}

func (f strictFile) SyscallConn() (syscall.RawConn, error) {
	f.touch("SyscallConn")
	return f.File.SyscallConn()
}

func (f strictFile) SetDeadline(t time.Time) error {
	if !f.wake(t) {
		f.touch("SetDeadline")
	}
	return f.File.SetDeadline(t)
}

// A strictFS has its operations seen, those of its files, and those of its directory entries.
type strictFS struct {
	fstest.MapFS
	*witness
}

func (s strictFS) Open(name string) (fs.File, error) { s.touch("Open"); return s.MapFS.Open(name) }

func (s strictFS) ReadFile(name string) ([]byte, error) {
	s.touch("ReadFile")
	return s.MapFS.ReadFile(name)
}

func (s strictFS) Stat(name string) (fs.FileInfo, error) { s.touch("Stat"); return s.MapFS.Stat(name) }

func (s strictFS) Lstat(name string) (fs.FileInfo, error) {
	s.touch("Lstat")
	return s.MapFS.Lstat(name)
}

func (s strictFS) ReadLink(name string) (string, error) {
	s.touch("ReadLink")
	return s.MapFS.ReadLink(name)
}

func (s strictFS) Glob(pattern string) ([]string, error) {
	s.touch("Glob")
	return s.MapFS.Glob(pattern)
}

func (s strictFS) ReadDir(name string) ([]fs.DirEntry, error) {
	s.touch("ReadDir")
	entries, err := s.MapFS.ReadDir(name)
	for i, e := range entries {
		entries[i] = strictEntry{e, s.witness}
	}
	return entries, err
}

func (s strictFS) Sub(dir string) (fs.FS, error) {
	s.touch("Sub")
	sub, err := fs.Sub(struct{ fs.FS }{s.MapFS}, dir)
	return openOnly{sub, s.witness}, err
}

type openOnly struct {
	fs.FS
	*witness
}

func (s openOnly) Open(name string) (fs.File, error) { s.touch("Open"); return s.FS.Open(name) }

type strictEntry struct {
	fs.DirEntry
	*witness
}

func (e strictEntry) Info() (fs.FileInfo, error) { e.touch("Info"); return e.DirEntry.Info() }
func (e strictEntry) Name() string               { e.touch("Name"); return e.DirEntry.Name() }
func (e strictEntry) Type() fs.FileMode          { e.touch("Type"); return e.DirEntry.Type() }
func (e strictEntry) IsDir() bool                { e.touch("IsDir"); return e.DirEntry.IsDir() }

// A strictListener has no deadlines, so it is woken by closing it.
type strictListener struct {
	net.Listener
	*witness
}

func (l strictListener) Accept() (net.Conn, error) { l.touch("Accept"); return l.Listener.Accept() }
func (l strictListener) Close() error              { l.close(); return l.Listener.Close() }

// A strictPacketConn has its operations seen.
type strictPacketConn struct {
	net.PacketConn
	*witness
}

func (c strictPacketConn) Close() error { c.close(); return c.PacketConn.Close() }

func (c strictPacketConn) ReadFrom(p []byte) (int, net.Addr, error) {
	c.touch("ReadFrom")
	return c.PacketConn.ReadFrom(p)
}

func (c strictPacketConn) WriteTo(p []byte, a net.Addr) (int, error) {
	c.touch("WriteTo")
	return c.PacketConn.WriteTo(p, a)
}
