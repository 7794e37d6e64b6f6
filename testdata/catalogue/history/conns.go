package history

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"

	"github.com/redis/go-redis/v9"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// flynnJoin copies both ways until one of them ends.
func flynnJoin(a, b net.Conn) {
	io.Copy(a, b)
	io.Copy(b, a)
}

// flynn 75082700: the connection to the backend is joined with the other, and never closed.
func flynnServeBefore(conn net.Conn, backend string) {
	defer conn.Close()
	dconn, err := net.Dial("tcp", backend) // want revleak
	if err != nil {
		return
	}
	flynnJoin(conn, dconn)
}

func flynnServeAfter(conn net.Conn, backend string) {
	defer conn.Close()
	dconn, err := net.Dial("tcp", backend)
	if err != nil {
		return
	}
	defer dconn.Close()
	flynnJoin(conn, dconn)
}

// tablerollListener is what tableroll can hand to another process.
type tablerollListener interface {
	net.Listener
	File() (*os.File, error)
}

// ngrok/tableroll#20: a listener of which there is no file stays open.
func tablerollListenBefore(network, addr string, add func(tablerollListener) error) (net.Listener, error) {
	ln, err := net.Listen(network, addr) // want revleak
	if err != nil {
		return nil, err
	}
	if _, ok := ln.(tablerollListener); !ok {
		return nil, fmt.Errorf("%T has no file", ln)
	}
	return ln, add(ln.(tablerollListener))
}

func tablerollListenAfter(network, addr string, add func(tablerollListener) error) (net.Listener, error) {
	ln, err := net.Listen(network, addr)
	if err != nil {
		return nil, err
	}
	if _, ok := ln.(tablerollListener); !ok {
		ln.Close()
		return nil, fmt.Errorf("%T has no file", ln)
	}
	if err := add(ln.(tablerollListener)); err != nil {
		ln.Close()
		return nil, err
	}
	return ln, nil
}

// gofiber/fiber#4527: a socket whose mode cannot be set stays bound.
func fiberListenBefore(network, addr string, mode os.FileMode) (net.Listener, error) {
	ln, err := net.Listen(network, addr) // want revleak
	if err != nil {
		return nil, fmt.Errorf("failed to listen: %w", err)
	}
	if network == "unix" {
		if err := os.Chmod(addr, mode); err != nil {
			return nil, fmt.Errorf("cannot chmod %#o for %q: %w", mode, addr, err)
		}
	}
	return ln, nil
}

func fiberListenAfter(network, addr string, mode os.FileMode) (net.Listener, error) {
	ln, err := net.Listen(network, addr)
	if err != nil {
		return nil, fmt.Errorf("failed to listen: %w", err)
	}
	if network == "unix" {
		if err := os.Chmod(addr, mode); err != nil {
			_ = ln.Close()
			return nil, fmt.Errorf("cannot chmod %#o for %q: %w", mode, addr, err)
		}
	}
	return ln, nil
}

type gnoTransport struct {
	listener net.Listener
	port     int
}

// gnolang/gno#3030: a listener of which the port cannot be read stays bound.
func gnoListenBefore(t *gnoTransport, addr string) error {
	ln, err := net.Listen("tcp", addr) // want revleak
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return err
	}
	if t.port, err = strconv.Atoi(port); err != nil {
		return err
	}
	t.listener = ln
	return nil
}

func gnoListenAfter(t *gnoTransport, addr string) (rerr error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	defer func() {
		if rerr != nil {
			ln.Close()
		}
	}()
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return err
	}
	if t.port, err = strconv.Atoi(port); err != nil {
		return err
	}
	t.listener = ln
	return nil
}

// tendermint/tendermint#8647: a protocol that is neither tcp nor unix ends with an open listener.
func tendermintSignerBefore(protocol, addr string) (net.Listener, error) {
	ln, err := net.Listen(protocol, addr) // want revleak
	if err != nil {
		return nil, err
	}
	switch protocol {
	case "unix", "tcp":
		return ln, nil
	default:
		return nil, fmt.Errorf("invalid protocol: %s", protocol)
	}
}

func tendermintSignerAfter(protocol, addr string) (net.Listener, error) {
	if protocol != "tcp" && protocol != "unix" {
		return nil, fmt.Errorf("invalid protocol: %s", protocol)
	}
	return net.Listen(protocol, addr)
}

type temporalClient struct {
	conn *grpc.ClientConn
}

// temporalio/sdk-go#430: the connection to a server that is not well stays open.
func temporalClientBefore(ctx context.Context, target string) (*temporalClient, error) {
	conn, err := grpc.NewClient(target) // want revleak
	if err != nil {
		return nil, err
	}
	if _, err := grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{}); err != nil {
		return nil, err
	}
	return &temporalClient{conn}, nil
}

func temporalClientAfter(ctx context.Context, target string) (*temporalClient, error) {
	conn, err := grpc.NewClient(target)
	if err != nil {
		return nil, err
	}
	if _, err := grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{}); err != nil {
		conn.Close()
		return nil, err
	}
	return &temporalClient{conn}, nil
}

// EduOJ/backend#73: each request that waits for a run leaves a subscription, and its connection.
func eduojPollBefore(ctx context.Context, c *redis.Client, timeout <-chan struct{}, ready func() bool) bool {
	sub := c.Subscribe(ctx, "runs") // want revleak
	for {
		select {
		case <-sub.Channel():
			if ready() {
				return true
			}
		case <-timeout:
			return false
		}
	}
}

func eduojPollAfter(ctx context.Context, c *redis.Client, timeout <-chan struct{}, ready func() bool) bool {
	sub := c.Subscribe(ctx, "runs")
	defer sub.Close()
	for {
		select {
		case <-sub.Channel():
			if ready() {
				return true
			}
		case <-timeout:
			return false
		}
	}
}
