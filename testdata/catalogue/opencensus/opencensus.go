// Package opencensus has the examples for go.opencensus.io.
package opencensus

import (
	"context"

	"go.opencensus.io/trace"
)

// M97: the span never ends where work fails.
func failed(ctx context.Context, work func(context.Context) error) error {
	ctx, span := trace.StartSpan(ctx, "work") // want revleak
	if err := work(ctx); err != nil {
		return err
	}
	span.End()
	return nil
}

// M97: ended.
func traced(ctx context.Context, work func(context.Context) error) error {
	ctx, span := trace.StartSpan(ctx, "work")
	defer span.End()
	return work(ctx)
}
