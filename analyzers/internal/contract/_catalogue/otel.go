//revlint:package go.opentelemetry.io/otel/trace
package trace

import "context"

// M68, by Tracer.Start: any span that is created must also be ended; by Span.End: updates are
// not allowed afterwards.
type Tracer interface {
	//revlint:acquire span brief
	Start(ctx context.Context, spanName string, opts ...SpanStartOption) (_ context.Context, span Span)
}

type Span interface {
	//revlint:release self idempotent
	End(options ...SpanEndOption)
	//revlint:always
	SpanContext() SpanContext
	//revlint:always
	IsRecording() bool
	//revlint:always
	TracerProvider() TracerProvider
}
