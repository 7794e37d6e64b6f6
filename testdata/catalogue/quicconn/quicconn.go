// Package quicconn has the examples for connections of github.com/quic-go/quic-go.
package quicconn

import (
	"context"
	"crypto/tls"
	"io"

	"github.com/quic-go/quic-go"
)

// M98: the connection stays open where no stream can be opened.
func fetch(ctx context.Context, addr string, tc *tls.Config) ([]byte, error) {
	c, err := quic.DialAddr(ctx, addr, tc, nil) // want revleak
	if err != nil {
		return nil, err
	}
	s, err := c.OpenStreamSync(ctx)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(s)
	c.CloseWithError(0, "")
	return data, err
}

// M98: closed.
func send(ctx context.Context, addr string, tc *tls.Config, data []byte) error {
	c, err := quic.DialAddr(ctx, addr, tc, nil)
	if err != nil {
		return err
	}
	defer c.CloseWithError(0, "")
	return c.SendDatagram(data)
}

// M98: the listener is closed, and each connection is another's.
func serve(ctx context.Context, addr string, tc *tls.Config, fn func(*quic.Conn)) error {
	l, err := quic.ListenAddr(addr, tc, nil)
	if err != nil {
		return err
	}
	defer l.Close()
	for {
		c, err := l.Accept(ctx)
		if err != nil {
			return err
		}
		go fn(c)
	}
}
