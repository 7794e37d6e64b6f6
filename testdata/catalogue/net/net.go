// Package net has the examples for the standard library's net.
package net

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"time"
)

// S32: the connection stays open where the greeting is not what was expected.
func greet(addr string) error {
	c, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return err
	}
	hello := make([]byte, 3)
	if _, err := io.ReadFull(c, hello); err != nil {
		c.Close()
		return err
	}
	if string(hello) != "220" {
		return errors.New("no mail server")
	}
	return c.Close()
}

// S32: nobody closes it.
func reachable(ctx context.Context, addr string) bool {
	var d net.Dialer
	_, err := d.DialContext(ctx, "tcp", addr) // want revleak
	return err == nil
}

// S32: closed, also to end a read that takes too long; its address is asked for afterwards.
func peer(addr string) (string, error) {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	done := make(chan error, 1)
	go func() {
		_, err := c.Read(make([]byte, 1))
		done <- err
	}()
	select {
	case err = <-done:
	case <-time.After(time.Second):
	}
	c.Close()
	return c.RemoteAddr().String(), err
}

// S32: a packet connection that stays open where nothing can be sent.
func ping(to net.Addr) error {
	c, err := net.ListenPacket("udp", ":0") // want revleak
	if err != nil {
		return err
	}
	if _, err := c.WriteTo([]byte("ping"), to); err != nil {
		return err
	}
	return c.Close()
}

// S33: the listener stays open where a deadline cannot be set.
func once(addr string, serve func(net.Conn)) error {
	l, err := net.ListenTCP("tcp", nil) // want revleak
	if err != nil {
		return err
	}
	if err := l.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	c, err := l.Accept()
	if err != nil {
		l.Close()
		return err
	}
	serve(c)
	return l.Close()
}

// S33: what it accepts is closed by nobody.
func refuse(l net.Listener) error {
	for {
		c, err := l.Accept() // want revleak
		if err != nil {
			return err
		}
		c.SetDeadline(time.Now())
	}
}

// S33: the goroutine closes what it serves.
func serve(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	defer l.Close()
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			io.Copy(c, c)
		}()
	}
}

// S33: a server that keeps its listener.
type server struct{ l net.Listener }

func listen(addr string) (*server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &server{l}, nil
}

// S34: what File gives is another descriptor, and stays open.
func descriptor(c *net.TCPConn) (uintptr, error) {
	f, err := c.File() // want revleak
	if err != nil {
		return 0, err
	}
	return f.Fd(), nil
}

// S34: FileListener does not take over what it is given.
func inherited() (net.Listener, error) {
	f := os.NewFile(3, "listener")
	defer f.Close()
	return net.FileListener(f)
}
