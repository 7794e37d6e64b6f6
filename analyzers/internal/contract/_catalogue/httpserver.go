//revlint:package net/http
package http

import "net"

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
