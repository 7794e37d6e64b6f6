//revlint:package net/http
package http

import (
	"bufio"
	"net"
)

// S51, by Server.Serve: it always closes the listener.
//
//revlint:release l idempotent
func (s *Server) Serve(l net.Listener) error

//revlint:release l idempotent
func (s *Server) ServeTLS(l net.Listener, certFile, keyFile string) error

//revlint:release l idempotent
func Serve(l net.Listener, handler Handler) error

//revlint:release l idempotent
func ServeTLS(l net.Listener, handler Handler, certFile, keyFile string) error

// S66, by FileSystem and File: Open gives a file, which behaves as one of package os does. Only the
// debt is followed.
type FileSystem interface {
	//revlint:acquire _ guard f if err == nil
	Open(name string) (f File, err error)
}

//revlint:acquire _ guard f brief if err == nil
func (d Dir) Open(name string) (f File, err error)

// S65, by Hijacker and ResponseController.Hijack: it becomes the caller's responsibility to manage and close the
// connection. The buffer is of no use once it is closed. Only the debt of the connection is followed.
type Hijacker interface {
	//revlint:acquire rw guard c if err == nil
	Hijack() (c net.Conn, rw *bufio.ReadWriter, err error)
}

//revlint:acquire rw guard conn if err == nil
func (c *ResponseController) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error)
