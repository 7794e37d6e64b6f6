package everyday

import (
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
)

// What a callee perhaps closes before it puts something else in its place is not lost.

type endpoint struct {
	*net.TCPConn
	once sync.Once
}

func (e *endpoint) Close() (err error) {
	e.once.Do(func() { err = e.TCPConn.Close() })
	return err
}

func okReplaced(l *net.TCPListener, addr string) (*endpoint, error) {
	c, err := l.AcceptTCP()
	if err != nil {
		return nil, err
	}
	e := &endpoint{TCPConn: c}
	if err := e.turnAround(addr); err != nil {
		c.Close()
		return nil, err
	}
	return e, nil
}

func (e *endpoint) turnAround(addr string) error {
	e.Close()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	e.TCPConn = c.(*net.TCPConn)
	return nil
}

func badReplaced(l *net.TCPListener, addr string) (*endpoint, error) {
	c, err := l.AcceptTCP() // want revleak
	if err != nil {
		return nil, err
	}
	e := &endpoint{TCPConn: c}
	if err := e.forget(addr); err != nil {
		c.Close()
		return nil, err
	}
	return e, nil
}

func (e *endpoint) forget(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	e.TCPConn = c.(*net.TCPConn)
	return nil
}

// A command that was started has files of its own.

func okStartedCommand(name, to string) (*exec.Cmd, error) {
	var open []*os.File
	defer func() {
		for _, f := range open {
			f.Close()
		}
	}()
	create := func(name string) (f *os.File, err error) {
		if f, err = os.Create(name); err == nil {
			open = append(open, f)
		}
		return f, err
	}
	c := exec.Command(name)
	f, err := create(to)
	if err != nil {
		return nil, err
	}
	c.Stdout = f
	return c, c.Start()
}

type recorder struct{ out io.Writer }

func badRecorder(to string) (*recorder, error) {
	f, err := os.Create(to)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return &recorder{f}, nil // want revescape
}
