// Package otelsdk has the examples for go.opentelemetry.io/otel/sdk/trace.
package otelsdk

import (
	"context"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// M68: the span is not ended.
func started(ctx context.Context, tp *sdktrace.TracerProvider) time.Time {
	_, span := tp.Tracer("started").Start(ctx, "started") // want revleak
	ro, ok := span.(sdktrace.ReadOnlySpan)
	if !ok {
		return time.Time{}
	}
	return ro.StartTime()
}

// M68: what the span has become may be read afterwards.
func lasted(ctx context.Context, tp *sdktrace.TracerProvider) time.Duration {
	_, span := tp.Tracer("lasted").Start(ctx, "lasted")
	span.End()
	ro, ok := span.(sdktrace.ReadOnlySpan)
	if !ok {
		return 0
	}
	return ro.EndTime().Sub(ro.StartTime())
}
