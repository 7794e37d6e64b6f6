package everyday

import (
	"log"
	"net"
	"net/textproto"
	"os"
	"runtime"
	"runtime/trace"
	"sync"
)

// What another package keeps for a while, and a holder that keeps a connection twice.

func okTraced(path string, f func()) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := trace.Start(out); err != nil {
		return err
	}
	defer trace.Stop()
	f()
	return nil
}

func okLogged(path string, f func()) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	log.SetOutput(out)
	f()
	log.SetOutput(os.Stderr)
	return nil
}

// What the standard logger keeps is behind a pointer that is not followed.
func badLogged(path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	log.SetOutput(out) // missed: revescape
	return nil
}

type client struct {
	conn net.Conn
	text *textproto.Conn
}

func newClient(conn net.Conn) *client {
	c := &client{}
	c.setConn(conn)
	return c
}

func (c *client) setConn(conn net.Conn) {
	c.conn = conn
	c.text = textproto.NewConn(conn)
}

func (c *client) close() error { return c.text.Close() }

func dial(addr string) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return newClient(conn), nil
}

func okClosedByHolder(addr string) error {
	c, err := dial(addr)
	if err != nil {
		return err
	}
	defer c.close()
	_, err = c.text.ReadLine()
	return err
}

var littleBuf = sync.Pool{New: func() any { return new([64]byte) }}

// What the run time does on other stacks is over when it returns.
func okStack() int {
	bp := littleBuf.Get().(*[64]byte)
	defer littleBuf.Put(bp)
	return runtime.Stack(bp[:], false)
}
