package unproved

import (
	"context"
	"io"
	"net/http"
)

// A body ends with the context that its request has: where that context comes from, or who may cancel it, is not known.

func ofUnknownContext(derive func(context.Context) context.Context, u string) ([]byte, error) {
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(derive(ctx), "GET", u, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	cancel()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // answer: unknown: paths or code out of sight may have ended it
}

func cancelledElsewhere(later func(context.CancelFunc), u string) ([]byte, error) {
	ctx, cancel := context.WithCancel(context.Background())
	later(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // answer: unknown: paths or code out of sight may have ended it
}
