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

// M79: it stays open where the server is not well. The client that is made of it might close it, as far
// as revlint knows.
func checked(ctx context.Context, target string) (*grpc.ClientConn, error) {
	cc, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials())) // missed: revleak
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
