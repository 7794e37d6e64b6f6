package everyday

import (
	"errors"
	"io"
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

// What a logger keeps is in a field of what a package variable points to.
type plainLog struct{ out io.Writer }

var usualLog = &plainLog{out: os.Stderr}

func (j *plainLog) setOutput(w io.Writer) { j.out = w }

func logTo(w io.Writer) { usualLog.setOutput(w) }

func badLogged(path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	logTo(out) // want revescape
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

// What a journal answers when it is closed does not tell what became of its file: where it
// was closed before, or cannot flush, that is its own affair.
type journal struct {
	dir  *os.File
	done chan struct{}
}

func openJournal(dir string) (*journal, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	return &journal{dir: f, done: make(chan struct{})}, nil
}

func (j *journal) Close() error {
	select {
	case <-j.done:
		return nil
	default:
	}
	close(j.done)
	if err := j.dir.Close(); err != nil {
		return errors.New("closing: " + err.Error())
	}
	return nil
}

func okJournal(dir string) error {
	j, err := openJournal(dir)
	if err != nil {
		return err
	}
	defer j.Close()
	return nil
}

// What stands beside nil is an error, whoever made it.
func (j *journal) check(wrap func(error) error) (*journal, error) {
	if len(j.dir.Name()) > 10 {
		return nil, wrap(errors.New("name"))
	}
	return j, nil
}

func okChecked(dir string, wrap func(error) error) error {
	j, err := openJournal(dir)
	if err != nil {
		return err
	}
	k, err := j.check(wrap)
	if err != nil {
		j.dir.Close()
		return err
	}
	return k.dir.Close()
}

// An error that was nil where it was made is nil where two ways meet.
func made(path string, extend bool) (*os.File, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if extend {
		if err = f.Truncate(10); err != nil {
			f.Close()
			return nil, err
		}
	}
	return f, err
}

func okMade(path string) error {
	f, err := made(path, true)
	if err != nil {
		return err
	}
	return f.Close()
}

// An error that goes through a function is what it was.
func same(err error, n int) (error, bool) { return err, err == nil }

func okSame(path string) {
	f, err := os.Open(path)
	_, there := same(err, 1)
	if there {
		f.Close()
	}
}
