// Package tls leaves connections open, and what they are made of.
package tls

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

// S72: what cannot be written to stays open.
func badDialed(addr string, config *tls.Config) error {
	c, err := tls.Dial("tcp", addr, config) // want revleak
	if err != nil {
		return err
	}
	if _, err := c.Write([]byte("x")); err != nil {
		return err
	}
	return c.Close()
}

func badDialedForLong(ctx context.Context, d *tls.Dialer, addr string) ([]byte, error) {
	c, err := d.DialContext(ctx, "tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	b := make([]byte, 9)
	n, err := c.Read(b)
	return b[:n], err
}

func badDialedAndNotVerified(d *net.Dialer, addr string, config *tls.Config) (*tls.Conn, error) {
	c, err := tls.DialWithDialer(d, "tcp", addr, config) // want revleak
	if err != nil {
		return nil, err
	}
	if err := c.VerifyHostname("example.org"); err != nil {
		return nil, err
	}
	return c, nil
}

func badListening(addr string, config *tls.Config) (net.Conn, error) {
	l, err := tls.Listen("tcp", addr, config) // want revleak
	if err != nil {
		return nil, err
	}
	return l.Accept()
}

// A handshake that fails leaves the connection open.
func badHandshake(addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	c := tls.Client(conn, config)
	if err := c.Handshake(); err != nil {
		return nil, err
	}
	return c, nil
}

func badHandshakeWithContext(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	c := tls.Client(conn, config)
	if err := c.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

func okHandshake(addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := tls.Client(conn, config)
	if err := c.Handshake(); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

func okHandshakeAndClosedAbove(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := tls.Client(conn, config)
	if err := c.HandshakeContext(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func okBothClosed(addr string, config *tls.Config) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	c := tls.Client(conn, config)
	defer c.Close()
	_, err = c.Write([]byte("x"))
	return err
}

// Each connection that cannot be secured stays open.
func badServing(l net.Listener, config *tls.Config) error {
	for {
		conn, err := l.Accept() // want revleak
		if err != nil {
			return err
		}
		c := tls.Server(conn, config)
		if err := c.Handshake(); err != nil {
			continue
		}
		go answer(c)
	}
}

func okServing(l net.Listener, config *tls.Config) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		c := tls.Server(conn, config)
		if err := c.Handshake(); err != nil {
			c.Close()
			continue
		}
		go answer(c)
	}
}

func answer(c net.Conn) {
	defer c.Close()
	c.Write([]byte("x"))
}

// One of the two is in the field, and closed with it.
type client struct{ conn net.Conn }

func (c *client) Close() error { return c.conn.Close() }

func okSecuredOrNot(addr string, config *tls.Config) (*client, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	if config != nil {
		secured := tls.Client(conn, config)
		if err := secured.Handshake(); err != nil {
			conn.Close()
			return nil, err
		}
		conn = secured
	}
	conn.SetDeadline(time.Time{})
	return &client{conn}, nil
}

func (c *client) secure(config *tls.Config) error {
	secured := tls.Client(c.conn, config)
	if err := secured.Handshake(); err != nil {
		return err
	}
	c.conn = secured
	return nil
}

func okSecuredLater(addr string, config *tls.Config) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	c := &client{conn}
	defer c.Close()
	return c.secure(config)
}

func badSecuredLater(addr string, config *tls.Config) (*client, error) {
	conn, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	c := &client{conn}
	if err := c.secure(config); err != nil {
		return nil, err
	}
	return c, nil
}

// The goroutine closes what is beneath, to end a handshake that takes too long.
func okEndedElsewhere(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	c := tls.Client(conn, config)
	if err := c.Handshake(); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

// S72: it is closed in any case.
func okDialed(addr string, config *tls.Config) error {
	c, err := tls.Dial("tcp", addr, config)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Write([]byte("x"))
	return err
}
