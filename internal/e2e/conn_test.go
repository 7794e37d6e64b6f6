package e2e

import (
	"net"
	"testing"

	"golang.org/x/net/nettest"

	"github.com/revlint/revlint/revocable/revio"
)

// Before the revocation a connection of revio is what its object is, to those who know best: package nettest.
func TestConnConforms(t *testing.T) {
	for _, network := range []string{"pipe", "tcp", "unix"} {
		t.Run(network, func(t *testing.T) {
			if network != "pipe" && !nettest.TestableNetwork(network) {
				t.Skip("no such network here")
			}
			nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
				b1, b2, err := pair(network)
				if err != nil {
					return nil, nil, nil, err
				}
				c1, _ = revio.Conn(b1)
				c2, _ = revio.Conn(b2)
				return c1, c2, func() { c1.Close(); c2.Close() }, nil
			})
		})
	}
}

// A wrapped listener's connections conform too.
func TestAcceptedConnConforms(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		bare, err := nettest.NewLocalListener("tcp")
		if err != nil {
			return nil, nil, nil, err
		}
		l, _ := revio.Listener(bare)
		c1, c2, err = meet(l)
		return c1, c2, func() { c1.Close(); c2.Close(); l.Close() }, err
	})
}

// pair returns two connected connections of a network, or of net.Pipe.
func pair(network string) (c1, c2 net.Conn, err error) {
	if network == "pipe" {
		c1, c2 = net.Pipe()
		return c1, c2, nil
	}
	l, err := nettest.NewLocalListener(network)
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	return meet(l)
}

// meet returns both ends of a new connection to a listener.
func meet(l net.Listener) (accepted, dialed net.Conn, err error) {
	type result struct {
		c   net.Conn
		err error
	}
	dials := make(chan result, 1)
	go func() {
		c, err := net.Dial(l.Addr().Network(), l.Addr().String())
		dials <- result{c, err}
	}()
	if accepted, err = l.Accept(); err != nil {
		return nil, nil, err
	}
	r := <-dials
	return accepted, r.c, r.err
}
