// Package otel has the examples for go.opentelemetry.io/otel/trace.
package otel

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// M68: the span is not ended where do fails.
func run(ctx context.Context, tracer trace.Tracer, do func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "run") // want revleak
	if err := do(ctx); err != nil {
		span.RecordError(err)
		return err
	}
	span.End()
	return nil
}

// M68: what is said of a span that has ended is lost.
func late(ctx context.Context, tracer trace.Tracer, do func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "run")
	err := do(ctx)
	span.End()
	if err != nil {
		span.SetStatus(codes.Error, err.Error()) // want revuse
	}
	return err
}

// M68: ended in any case.
func runAndEnd(ctx context.Context, tracer trace.Tracer, do func(context.Context) error) (err error) {
	ctx, span := tracer.Start(ctx, "run", trace.WithAttributes(attribute.Bool("right", true)))
	defer func() {
		if err != nil {
			span.RecordError(err)
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	return do(ctx)
}

// M68: which trace it belonged to is known afterwards, too.
func id(ctx context.Context, tracer trace.Tracer) trace.TraceID {
	_, span := tracer.Start(ctx, "id")
	span.End()
	return span.SpanContext().TraceID()
}

// M68: the caller ends it.
func begin(ctx context.Context, tracer trace.Tracer) (context.Context, trace.Span) {
	return tracer.Start(ctx, "begin")
}
