//revlint:package github.com/quic-go/quic-go
package quic

import (
	"context"
	"crypto/tls"
	"net"
)

// M98, by Conn.CloseWithError, DialAddr and Listener.Close: a connection is closed by its user, the UDP connection of
// DialAddr with it; a listener that is closed gives the port back. Only the debt is followed.
//
//revlint:acquire _ guard c if err == nil
func DialAddr(ctx context.Context, addr string, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func DialAddrEarly(ctx context.Context, addr string, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func Dial(ctx context.Context, pc net.PacketConn, addr net.Addr, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func DialEarly(ctx context.Context, pc net.PacketConn, addr net.Addr, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (t *Transport) Dial(ctx context.Context, addr net.Addr, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (t *Transport) DialEarly(ctx context.Context, addr net.Addr, tlsConf *tls.Config, conf *Config) (c *Conn, err error)

//revlint:release c idempotent
func (c *Conn) CloseWithError(code ApplicationErrorCode, desc string) error

//revlint:acquire _ guard l if err == nil
func ListenAddr(addr string, tlsConf *tls.Config, config *Config) (l *Listener, err error)

//revlint:acquire _ guard l if err == nil
func ListenAddrEarly(addr string, tlsConf *tls.Config, config *Config) (l *EarlyListener, err error)

//revlint:acquire _ guard l if err == nil
func Listen(pc net.PacketConn, tlsConf *tls.Config, config *Config) (l *Listener, err error)

//revlint:acquire _ guard l if err == nil
func ListenEarly(pc net.PacketConn, tlsConf *tls.Config, config *Config) (l *EarlyListener, err error)

//revlint:release l idempotent
func (l *Listener) Close() error

//revlint:release l idempotent
func (l *EarlyListener) Close() error
