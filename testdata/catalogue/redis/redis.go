// Package redis has the examples for github.com/redis/go-redis.
package redis

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// M75: the connection of the subscription stays open.
func next(ctx context.Context, c *redis.Client, channel string) (string, error) {
	ps := c.Subscribe(ctx, channel) // want revleak
	msg, err := ps.ReceiveMessage(ctx)
	if err != nil {
		return "", err
	}
	return msg.Payload, nil
}

// M75: it is not closed where it cannot be confirmed.
func confirmed(ctx context.Context, c redis.UniversalClient, channel string) (*redis.PubSub, error) {
	ps := c.Subscribe(ctx, channel) // want revleak
	if _, err := ps.Receive(ctx); err != nil {
		return nil, err
	}
	return ps, nil
}

// M75: closed.
func each(ctx context.Context, c *redis.ClusterClient, pattern string, fn func(string)) {
	ps := c.PSubscribe(ctx, pattern)
	defer ps.Close()
	for msg := range ps.Channel() {
		fn(msg.Payload)
	}
}
