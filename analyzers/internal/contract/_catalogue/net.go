//revlint:package net
package net

import (
	"context"
	"os"
	"time"
)

// S32, by Conn.Close: it closes the connection, and unblocks whoever reads or writes; so
// it is often used from elsewhere while that happens, and only the debt is followed.
type Conn interface {
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard c brief if err == nil
func Dial(network, address string) (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialTimeout(network, address string, timeout time.Duration) (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (d *Dialer) Dial(network, address string) (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (d *Dialer) DialContext(ctx context.Context, network, address string) (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialTCP(network string, laddr, raddr *TCPAddr) (c *TCPConn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialUDP(network string, laddr, raddr *UDPAddr) (c *UDPConn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialUnix(network string, laddr, raddr *UnixAddr) (c *UnixConn, err error)

//revlint:acquire _ guard c brief if err == nil
func DialIP(network string, laddr, raddr *IPAddr) (c *IPConn, err error)

//revlint:release c idempotent // of TCPConn, UDPConn, UnixConn and IPConn
func (c *conn) Close() error

// S33, by Listener.Close: it closes the listener, and unblocks Accept.
type Listener interface {
	//revlint:acquire _ guard c if err == nil
	Accept() (c Conn, err error)
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard l if err == nil
func Listen(network, address string) (l Listener, err error)

//revlint:acquire _ guard l if err == nil
func (lc *ListenConfig) Listen(ctx context.Context, network, address string) (l Listener, err error)

//revlint:acquire _ guard l if err == nil
func ListenTCP(network string, laddr *TCPAddr) (l *TCPListener, err error)

//revlint:acquire _ guard c brief if err == nil
func (l *TCPListener) Accept() (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (l *TCPListener) AcceptTCP() (c *TCPConn, err error)

//revlint:release l idempotent
func (l *TCPListener) Close() error

//revlint:acquire _ guard l if err == nil
func ListenUnix(network string, laddr *UnixAddr) (l *UnixListener, err error)

//revlint:acquire _ guard c brief if err == nil
func (l *UnixListener) Accept() (c Conn, err error)

//revlint:acquire _ guard c brief if err == nil
func (l *UnixListener) AcceptUnix() (c *UnixConn, err error)

//revlint:release l idempotent
func (l *UnixListener) Close() error

// S32, by PacketConn.Close: so does it for packets.
type PacketConn interface {
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard c if err == nil
func ListenPacket(network, address string) (c PacketConn, err error)

//revlint:acquire _ guard c if err == nil
func (lc *ListenConfig) ListenPacket(ctx context.Context, network, address string) (c PacketConn, err error)

//revlint:acquire _ guard c if err == nil
func ListenUDP(network string, laddr *UDPAddr) (c *UDPConn, err error)

//revlint:acquire _ guard c if err == nil
func ListenMulticastUDP(network string, ifi *Interface, gaddr *UDPAddr) (c *UDPConn, err error)

//revlint:acquire _ guard c if err == nil
func ListenUnixgram(network string, laddr *UnixAddr) (c *UnixConn, err error)

//revlint:acquire _ guard c if err == nil
func ListenIP(network string, laddr *IPAddr) (c *IPConn, err error)

// S34, by FileConn, FileListener and FilePacketConn, TCPConn.File and TCPListener.File: it is the
// caller's responsibility to close what they give; closing it does not affect what it was made of.
//
//revlint:acquire _ guard c if err == nil
func FileConn(f *os.File) (c Conn, err error)

//revlint:acquire _ guard l if err == nil
func FileListener(f *os.File) (l Listener, err error)

//revlint:acquire _ guard c if err == nil
func FilePacketConn(f *os.File) (c PacketConn, err error)

//revlint:acquire f if err == nil // of TCPConn, UDPConn, UnixConn and IPConn
func (c *conn) File() (f *os.File, err error)

//revlint:acquire f if err == nil
func (l *TCPListener) File() (f *os.File, err error)

//revlint:acquire f if err == nil
func (l *UnixListener) File() (f *os.File, err error)
