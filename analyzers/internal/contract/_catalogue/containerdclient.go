//revlint:package github.com/containerd/containerd/v2/client also github.com/containerd/containerd
package client

import (
	"context"

	"github.com/containerd/containerd/v2/core/leases"
)

// M100, by Client.WithLease: the function, which its callers in the package defer, deletes the lease, which keeps
// what it has from the garbage collector until then.
//
//revlint:acquire _ guard done if err == nil
func (c *Client) WithLease(ctx context.Context, opts ...leases.Opt) (_ context.Context, done func(context.Context) error, err error)
