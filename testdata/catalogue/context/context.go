// Package context has the examples for the standard library's context.
package context

import (
	"context"
	"net/http"
)

// S27: cancel is not called where do fails.
func run(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	if err := do(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// S27: called at the end, and twice at that.
func runAndCancel(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := do(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// S68: the body is left when what its context was derived from is cancelled.
func askWithValue(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(context.WithValue(ctx, name{}, "x"), "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want revescape
}

type name struct{}

// S68: it is the caller's context.
func askOfCaller(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.WithValue(ctx, name{}, "x"), "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}
