package revio

import (
	"io"
	"io/fs"
	"net"

	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// File wraps f as [Conn] does a connection. Of the methods beyond fs.File's it keeps ReadDir, Seek, ReadAt, Write, WriteAt,
// ReadFrom, WriteTo and the three deadlines, each where f has it; and of what has also WriteString, Sync, Truncate, Name
// and SyscallConn, as an *os.File has, those together.
//
// Operations are woken by f's deadlines, where f has them and they work. They do for pipes, terminals and what else
// the poller knows; what sleeps in the kernel without it, also because somebody called the Fd method of an os.File, and
// files of other kinds, need [Interrupt].
func File(f fs.File, opts ...Option) (wrapped fs.File, owner *Owner) {
	core := op.New(settle(opts))
	return newFile(core, f), (*Owner)(core)
}

// A file is the base of files.
type file struct {
	*object
	to fs.File
}

func newFile(core *op.Core, f fs.File) fs.File {
	o := newObject(core, f, fs.ErrClosed)
	return combineFile(&file{o, f}, o, f)
}

func (f *file) Read(p []byte) (int, error) {
	core, g := f.plain.TryAccess()
	if core == nil {
		return f.readSlow(p)
	}
	defer g.Release()
	n, err := f.to.Read(p)
	if err != nil {
		return n, f.failure("read", err)
	}
	return n, nil
}

//go:noinline
func (f *file) readSlow(p []byte) (int, error) { return reader{f.object, f.to}.Read(p) }

func (f *file) Stat() (fs.FileInfo, error) {
	a, ok := f.enter()
	if !ok {
		return nil, f.refuse("stat")
	}
	defer a.Leave()
	info, err := f.to.Stat()
	return info, f.result("stat", err)
}

func (f *file) source() (*object, io.Reader) { return f.object, f.to }

func (f *file) sink() (*object, io.Writer) {
	w, _ := f.to.(io.Writer)
	return f.object, w
}

// ReadWriteCloser wraps c as [Conn] does, and so if c is a net.Conn, or as [File] does if it is an fs.File. Otherwise it
// keeps, of the methods beyond io.ReadWriteCloser's, Seek, ReadAt, WriteAt, ReadFrom, WriteTo, WriteString, CloseWrite and the
// three deadlines.
//
// Operations are woken by c's deadlines; what has none needs [Interrupt].
func ReadWriteCloser(c io.ReadWriteCloser, opts ...Option) (wrapped io.ReadWriteCloser, owner *Owner) {
	if c, ok := c.(net.Conn); ok {
		return Conn(c, opts...)
	}
	core := op.New(settle(opts))
	if f, ok := c.(fs.File); ok {
		return newFile(core, f).(io.ReadWriteCloser), (*Owner)(core)
	}
	o := newObject(core, c, fs.ErrClosed)
	return combineDuplex(&duplex{o, c}, o, c), (*Owner)(core)
}

// A duplex is the base of what reads and writes.
type duplex struct {
	*object
	to io.ReadWriteCloser
}

func (d *duplex) Read(p []byte) (int, error) {
	core, g := d.plain.TryAccess()
	if core == nil {
		return d.readSlow(p)
	}
	defer g.Release()
	n, err := d.to.Read(p)
	if err != nil {
		return n, d.failure("read", err)
	}
	return n, nil
}

//go:noinline
func (d *duplex) readSlow(p []byte) (int, error) { return reader{d.object, d.to}.Read(p) }

func (d *duplex) Write(p []byte) (int, error) {
	core, g := d.plain.TryAccess()
	if core == nil {
		return d.writeSlow(p)
	}
	defer g.Release()
	n, err := d.to.Write(p)
	if err != nil {
		return n, d.failure("write", err)
	}
	return n, nil
}

//go:noinline
func (d *duplex) writeSlow(p []byte) (int, error) { return writer{d.object, d.to}.Write(p) }
