//revlint:package crypto/tls
package tls

import (
	"context"
	"net"
)

// S72, by Client, Server and Conn.Close: "using conn as the underlying transport"; Close closes the connection. What else one
// does with it leaves it open, even a handshake that fails. Only the debt is followed.
//
//revlint:acquire _ guard c brief if err == nil
func Dial(network, addr string, config *Config) (c *Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialWithDialer(dialer *net.Dialer, network, addr string, config *Config) (c *Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (d *Dialer) Dial(network, addr string) (c net.Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (d *Dialer) DialContext(ctx context.Context, network, addr string) (c net.Conn, err error)

//revlint:acquire _ guard l if err == nil
func Listen(network, laddr string, config *Config) (l net.Listener, err error)

//revlint:release c idempotent
//revlint:release c.conn idempotent
func (c *Conn) Close() error

//revlint:scoped c
func (c *Conn) Handshake() error

//revlint:scoped c
func (c *Conn) HandshakeContext(ctx context.Context) error

//revlint:scoped c, b
func (c *Conn) Read(b []byte) (n int, err error)

//revlint:scoped c, b
func (c *Conn) Write(b []byte) (n int, err error)
