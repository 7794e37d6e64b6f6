package revio

import (
	"io"
	"io/fs"
	"net"
	"syscall"
)

// The facets are the optional methods of objects. A wrapper is a struct of its base and of those facets whose methods
// the object has: combinations.go, which is generated, has a type for each combination.
//
// They reach the object through the interface that it was found to have when it was wrapped, which spares each operation
// the question.

type seeker struct {
	o  *object
	to io.Seeker
}

func (x seeker) Seek(offset int64, whence int) (n int64, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("seek")
	}
	defer a.Leave()
	n, err = x.to.Seek(offset, whence)
	return n, x.o.result("seek", err)
}

type readerAt struct {
	o  *object
	to io.ReaderAt
}

func (x readerAt) ReadAt(p []byte, off int64) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("read")
	}
	defer a.Leave()
	n, err = x.to.ReadAt(p, off)
	return n, x.o.result("read", err)
}

type reader struct {
	o  *object
	to io.Reader
}

func (x reader) Read(p []byte) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("read")
	}
	defer a.Leave()
	n, err = x.to.Read(p)
	return n, x.o.result("read", err)
}

type writer struct {
	o  *object
	to io.Writer
}

func (x writer) Write(p []byte) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.Write(p)
	return n, x.o.result("write", err)
}

type writerAt struct {
	o  *object
	to io.WriterAt
}

func (x writerAt) WriteAt(p []byte, off int64) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.WriteAt(p, off)
	return n, x.o.result("write", err)
}

type stringWriter struct {
	o  *object
	to io.StringWriter
}

func (x stringWriter) WriteString(s string) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.WriteString(s)
	return n, x.o.result("write", err)
}

type (
	readCloser  interface{ CloseRead() error }
	writeCloser interface{ CloseWrite() error }
	syncer      interface{ Sync() error }
	truncater   interface{ Truncate(size int64) error }
	namer       interface{ Name() string }
)

type halfReader struct {
	o  *object
	to readCloser
}

func (x halfReader) CloseRead() error { return x.o.do("close read", x.to.CloseRead) }

type halfWriter struct {
	o  *object
	to writeCloser
}

func (x halfWriter) CloseWrite() error { return x.o.do("close write", x.to.CloseWrite) }

// A dirReader gives entries that do not outlive the revocation either.
type dirReader struct {
	o  *object
	to fs.ReadDirFile
}

func (x dirReader) ReadDir(n int) ([]fs.DirEntry, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("readdir")
	}
	defer a.Leave()
	entries, err := x.to.ReadDir(n)
	return wrapEntries(x.o.core, entries), x.o.result("readdir", err)
}

// A fileExtra is what an *os.File has beyond the facets.
type fileExtra struct {
	o  *object
	to osFile
}

// An osFile has all that an *os.File has and that is kept, whatever is kept of it. (What is not: Fd, which would
// let the descriptor out, and what changes owner, mode and working directory.)
type osFile interface {
	io.StringWriter
	syncer
	truncater
	namer
	syscall.Conn
}

func (x fileExtra) WriteString(s string) (int, error) { return stringWriter{x.o, x.to}.WriteString(s) }

func (x fileExtra) Sync() error { return x.o.do("sync", x.to.Sync) }

func (x fileExtra) Truncate(size int64) error {
	return x.o.do("truncate", func() error { return x.to.Truncate(size) })
}

func (x fileExtra) Name() string { return x.o.name }

func (x fileExtra) SyscallConn() (syscall.RawConn, error) {
	return rawConner{x.o, x.to}.SyscallConn()
}

// A rawConner gives a raw connection, each of whose operations enters.
type rawConner struct {
	o  *object
	to syscall.Conn
}

func (x rawConner) SyscallConn() (syscall.RawConn, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("raw")
	}
	defer a.Leave()
	raw, err := x.to.SyscallConn()
	if err != nil {
		return nil, x.o.result("raw", err)
	}
	return rawConn{x.o, raw}, nil
}

// A rawConn waits in Read and Write until its descriptor is ready: that is poll, and wakes as they do.
type rawConn struct {
	o  *object
	to syscall.RawConn
}

func (x rawConn) Control(f func(fd uintptr)) error {
	return x.o.do("raw control", func() error { return x.to.Control(f) })
}

func (x rawConn) Read(f func(fd uintptr) (done bool)) error {
	return x.o.do("raw read", func() error { return x.to.Read(f) })
}

func (x rawConn) Write(f func(fd uintptr) (done bool)) error {
	return x.o.do("raw write", func() error { return x.to.Write(f) })
}

// A packeter is what a connection has that sends packets as well.
type packeter struct {
	o  *object
	to net.PacketConn
}

func (x packeter) ReadFrom(p []byte) (n int, addr net.Addr, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, nil, x.o.refuse("read")
	}
	defer a.Leave()
	n, addr, err = x.to.ReadFrom(p)
	return n, addr, x.o.result("read", err)
}

func (x packeter) WriteTo(p []byte, addr net.Addr) (n int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, err = x.to.WriteTo(p, addr)
	return n, x.o.result("write", err)
}

// A connected is what has one other end, among what sends packets.
type connected struct {
	o  *object
	to net.Conn
}

func (x connected) Read(p []byte) (int, error) { return reader{x.o, x.to}.Read(p) }

func (x connected) Write(p []byte) (int, error) { return writer{x.o, x.to}.Write(p) }

func (x connected) RemoteAddr() net.Addr { return x.o.address(x.to.RemoteAddr, x.o.remote) }

// buffers are sizes of the system's buffers.
type buffers interface {
	SetReadBuffer(bytes int) error
	SetWriteBuffer(bytes int) error
}

type bufferer struct {
	o  *object
	to buffers
}

func (x bufferer) SetReadBuffer(bytes int) error {
	return x.o.do("set buffer", func() error { return x.to.SetReadBuffer(bytes) })
}

func (x bufferer) SetWriteBuffer(bytes int) error {
	return x.o.do("set buffer", func() error { return x.to.SetWriteBuffer(bytes) })
}

// messages are packets with out-of-band data.
type messages interface {
	ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *net.UDPAddr, err error)
	WriteMsgUDP(b, oob []byte, addr *net.UDPAddr) (n, oobn int, err error)
}

type messenger struct {
	o  *object
	to messages
}

func (x messenger) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *net.UDPAddr, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, 0, 0, nil, x.o.refuse("read")
	}
	defer a.Leave()
	n, oobn, flags, addr, err = x.to.ReadMsgUDP(b, oob)
	return n, oobn, flags, addr, x.o.result("read", err)
}

func (x messenger) WriteMsgUDP(b, oob []byte, addr *net.UDPAddr) (n, oobn int, err error) {
	a, ok := x.o.enter()
	if !ok {
		return 0, 0, x.o.refuse("write")
	}
	defer a.Leave()
	n, oobn, err = x.to.WriteMsgUDP(b, oob, addr)
	return n, oobn, x.o.result("write", err)
}
