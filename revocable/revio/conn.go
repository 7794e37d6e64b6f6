package revio

import (
	"io"
	"net"
	"time"

	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// Conn wraps c: once the owner revokes, every operation on the connection returned fails, those that sleep are woken,
// and Close still works. It has those of these methods, beyond net.Conn's, that c has: io.ReaderFrom, io.WriterTo,
// CloseRead, CloseWrite, syscall.Conn, and net.PacketConn's.
//
// c belongs to the wrapper from here on: whoever uses it directly is not held back by anything. Operations are woken by
// c's deadlines. LocalAddr and RemoteAddr return, once c cannot be asked any more, what they were when it was wrapped.
//
// A ReadFrom or WriteTo, and so an io.Copy, is one operation if the same revocation wakes its other end. Otherwise it is
// one for every 64 KiB or less, and the other end is waited for between them.
func Conn(c net.Conn, opts ...Option) (wrapped net.Conn, owner *Owner) {
	core := op.New(settle(opts), net.ErrClosed)
	return newConn(core, c), (*Owner)(core)
}

func init() { op.WrapConn = newConn }

// A conn is the base of connections.
type conn struct {
	*object
	deadliner
	to net.Conn
}

func newConn(core *op.Core, c net.Conn) net.Conn {
	o := newObject(core, c, net.ErrClosed)
	return combineConn(&conn{o, deadliner{o, c}, c}, o, c)
}

func (c *conn) Read(p []byte) (int, error) {
	core, g := c.plain.TryAccess()
	if core == nil {
		return c.readSlow(p)
	}
	defer g.Release()
	n, err := c.to.Read(p)
	if err != nil {
		return n, c.failure("read", err)
	}
	return n, nil
}

//go:noinline
func (c *conn) readSlow(p []byte) (int, error) { return reader{c.object, c.to}.Read(p) }

func (c *conn) Write(p []byte) (int, error) {
	core, g := c.plain.TryAccess()
	if core == nil {
		return c.writeSlow(p)
	}
	defer g.Release()
	n, err := c.to.Write(p)
	if err != nil {
		return n, c.failure("write", err)
	}
	return n, nil
}

//go:noinline
func (c *conn) writeSlow(p []byte) (int, error) { return writer{c.object, c.to}.Write(p) }

func (c *conn) LocalAddr() net.Addr { return c.address(c.to.LocalAddr, c.local) }

func (c *conn) RemoteAddr() net.Addr { return c.address(c.to.RemoteAddr, c.remote) }

func (c *conn) source() (*object, io.Reader) { return c.object, c.to }

func (c *conn) sink() (*object, io.Writer) { return c.object, c.to }

// PacketConn wraps c as [Conn] does. Of the methods beyond net.PacketConn's it keeps net.Conn's, syscall.Conn's,
// SetReadBuffer and SetWriteBuffer, ReadMsgUDP and WriteMsgUDP.
func PacketConn(c net.PacketConn, opts ...Option) (wrapped net.PacketConn, owner *Owner) {
	core := op.New(settle(opts), net.ErrClosed)
	o := newObject(core, c, net.ErrClosed)
	return combinePacketConn(&packetConn{o, deadliner{o, c}, packeter{o, c}, c}, o, c), (*Owner)(core)
}

// A packetConn is the base of packet connections.
type packetConn struct {
	*object
	deadliner
	packeter
	to net.PacketConn
}

func (c *packetConn) LocalAddr() net.Addr { return c.address(c.to.LocalAddr, c.local) }

// Listener wraps l: what it accepts is wrapped as by [Conn], and has the same owner. An Accept that sleeps is woken by
// l's deadline, or, if l has none, by closing it.
func Listener(l net.Listener, opts ...Option) (wrapped net.Listener, owner *Owner) {
	core := op.New(settle(opts), net.ErrClosed)
	o := newObject(core, l, net.ErrClosed)
	return combineListener(&listener{o, l}, o, l), (*Owner)(core)
}

// A listener is the base of listeners.
type listener struct {
	*object
	to net.Listener
}

func (l *listener) Accept() (net.Conn, error) {
	a, ok := l.enter()
	if !ok {
		return nil, l.refuse("accept")
	}
	defer a.Leave()
	c, err := l.to.Accept()
	if err != nil {
		return nil, l.result("accept", err)
	}
	return newConn(l.core, c), nil
}

func (l *listener) Addr() net.Addr { return l.address(l.to.Addr, l.local) }

// A listenDeadliner is what a listener has that can be woken without closing it.
type listenDeadliner struct {
	o  *object
	to listenDeadline
}

type listenDeadline interface{ SetDeadline(t time.Time) error }

func (x listenDeadliner) SetDeadline(t time.Time) error {
	return x.o.setDeadline(x.to.SetDeadline, t)
}
