package everyday

import (
	"context"
	"time"
)

// A context that was made with a timeout has a deadline, and so has what is made of it.

func okAsksForDeadline(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	var cancel context.CancelFunc
	if ctx == nil {
		ctx, cancel = context.WithTimeout(context.Background(), wait)
	}
	if _, has := ctx.Deadline(); !has {
		ctx, cancel = context.WithTimeout(ctx, wait)
	}
	return ctx, cancel
}

func okChildHasDeadline(until time.Time, wait time.Duration) (context.Context, context.CancelFunc, context.CancelFunc) {
	limited, cancel := context.WithDeadline(context.Background(), until)
	ctx, stop := context.WithCancel(limited)
	if _, has := ctx.Deadline(); !has {
		ctx, stop = context.WithTimeout(ctx, wait)
	}
	return ctx, cancel, stop
}

func badAsksForDeadline(ctx context.Context, wait time.Duration) (context.Context, context.CancelFunc) {
	var cancel context.CancelFunc
	if ctx == nil {
		ctx, cancel = context.WithCancel(context.Background()) // want revleak
	}
	if _, has := ctx.Deadline(); !has {
		ctx, cancel = context.WithTimeout(ctx, wait)
	}
	return ctx, cancel
}
