package everyday

import (
	"io"
	"net"
	"sync"
)

// Connections that stand two objects deep, and connections that may be the result.

type wire struct {
	mu  sync.Mutex
	rwc io.ReadWriteCloser
}

func newWire(rwc io.ReadWriteCloser) *wire { return &wire{rwc: rwc} }

func (w *wire) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rwc.Close()
}

type child struct {
	wire *wire
	n    int
}

func newChild(rwc io.ReadWriteCloser) *child { return &child{wire: newWire(rwc)} }

func (c *child) serve() {
	defer c.wire.Close()
	c.n++
}

func okServed(l net.Listener) error {
	for {
		rw, err := l.Accept()
		if err != nil {
			return err
		}
		c := newChild(rw)
		go c.serve()
	}
}

func badServed(l net.Listener) error {
	for {
		rw, err := l.Accept() // want revleak
		if err != nil {
			return err
		}
		c := newChild(rw)
		c.n++
	}
}

type counted struct {
	net.Conn
	n int
}

func count(c net.Conn) *counted {
	if already, ok := c.(*counted); ok {
		return already
	}
	return &counted{Conn: c}
}

type listener struct{ net.Listener }

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return count(c), nil
}

// Who closes a file or a connection tells the goroutine that reads from it to stop.
func okCopied(addr string, out io.Writer) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	go io.Copy(out, conn)
	_, err = conn.Write([]byte("x"))
	conn.Close()
	return err
}
