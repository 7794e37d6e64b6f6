// Package fmt has the examples for the standard library's fmt.
package fmt

import (
	"fmt"
	"net"
)

// S65: an error that speaks of a listener does not keep it.
func spoken(addr string) (*net.TCPListener, error) {
	ln, err := net.Listen("tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	l, ok := ln.(*net.TCPListener)
	if !ok {
		return nil, fmt.Errorf("%T is no listener of TCP", ln)
	}
	return l, nil
}

// S65: closed.
func closed(addr string) (*net.TCPListener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen: %w", err)
	}
	l, ok := ln.(*net.TCPListener)
	if !ok {
		ln.Close()
		return nil, fmt.Errorf("%T is no listener of TCP", ln)
	}
	return l, nil
}
