//revlint:package github.com/redis/go-redis/v9 also github.com/go-redis/redis/v8
package redis

import "context"

// M75, by Client.Subscribe and PubSub: a subscription has a connection of its own, which the
// examples close when they are done.
//
//revlint:acquire _ guard ps
func (c *Client) Subscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *Client) PSubscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *Client) SSubscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *ClusterClient) Subscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *ClusterClient) PSubscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *ClusterClient) SSubscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *Ring) Subscribe(ctx context.Context, channels ...string) (ps *PubSub)

//revlint:acquire _ guard ps
func (c *Ring) PSubscribe(ctx context.Context, channels ...string) (ps *PubSub)

type UniversalClient interface {
	//revlint:acquire _ guard ps
	Subscribe(ctx context.Context, channels ...string) (ps *PubSub)
	//revlint:acquire _ guard ps
	PSubscribe(ctx context.Context, channels ...string) (ps *PubSub)
	//revlint:acquire _ guard ps
	SSubscribe(ctx context.Context, channels ...string) (ps *PubSub)
}

//revlint:release ps idempotent
func (ps *PubSub) Close() error
