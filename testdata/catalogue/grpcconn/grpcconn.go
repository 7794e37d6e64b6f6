// Package grpcconn has the examples for connections of google.golang.org/grpc.
package grpcconn

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// M79: it stays open where nothing comes of it.
func connected(ctx context.Context, target string) (*grpc.ClientConn, error) {
	cc, err := grpc.NewClient(target) // want revleak
	if err != nil {
		return nil, err
	}
	cc.Connect()
	if !cc.WaitForStateChange(ctx, connectivity.Idle) {
		return nil, ctx.Err()
	}
	return cc, nil
}

// M79: it stays open where the server is not well. A client that was generated never closes it.
func checked(ctx context.Context, target string) (*grpc.ClientConn, error) {
	cc, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials())) // want revleak
	if err != nil {
		return nil, err
	}
	if _, err := grpc_health_v1.NewHealthClient(cc).Check(ctx, &grpc_health_v1.HealthCheckRequest{}); err != nil {
		return nil, err
	}
	return cc, nil
}

// M79: closed.
func healthy(ctx context.Context, target string) error {
	cc, err := grpc.NewClient(target)
	if err != nil {
		return err
	}
	defer cc.Close()
	_, err = grpc_health_v1.NewHealthClient(cc).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	return err
}

// M79: what is made of it keeps it.
func client(target string) (grpc_health_v1.HealthClient, error) {
	cc, err := grpc.NewClient(target)
	if err != nil {
		return nil, err
	}
	return grpc_health_v1.NewHealthClient(cc), nil
}

// server is a client of the program's own.
type server struct {
	cc     *grpc.ClientConn
	health grpc_health_v1.HealthClient
}

func dialServer(target string) (*server, error) {
	cc, err := grpc.NewClient(target)
	if err != nil {
		return nil, err
	}
	return &server{cc: cc, health: grpc_health_v1.NewHealthClient(cc)}, nil
}

func (s *server) close() error { return s.cc.Close() }

func (s *server) check(ctx context.Context) error {
	_, err := s.health.Check(ctx, &grpc_health_v1.HealthCheckRequest{})
	return err
}

// M79: the program's own client stays open where the server is not well.
func useServer(ctx context.Context, target string) error {
	s, err := dialServer(target) // want revleak
	if err != nil {
		return err
	}
	if err := s.check(ctx); err != nil {
		return err
	}
	return s.close()
}

// M79: closed with the program's own client.
func closeServer(ctx context.Context, target string) error {
	s, err := dialServer(target)
	if err != nil {
		return err
	}
	defer s.close()
	return s.check(ctx)
}

// M79: whoever gets the client may have the connection, too.
func handClient(ctx context.Context, target string, serve func(grpc_health_v1.HealthClient) error) error {
	cc, err := grpc.NewClient(target)
	if err != nil {
		return err
	}
	return serve(grpc_health_v1.NewHealthClient(cc))
}
