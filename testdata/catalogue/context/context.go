// Package context has the examples for the standard library's context.
package context

import "context"

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
