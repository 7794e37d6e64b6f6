//revlint:package go.opencensus.io/trace
package trace

import "context"

// M97, by StartSpan and Span.End: a span is ended, as the example of the overview does by defer.
//
//revlint:acquire span brief
func StartSpan(ctx context.Context, name string, o ...StartOption) (_ context.Context, span *Span)

//revlint:acquire span brief
func StartSpanWithRemoteParent(ctx context.Context, name string, parent SpanContext, o ...StartOption) (_ context.Context, span *Span)

//revlint:release s idempotent
func (s *Span) End()

//revlint:always
func (s *Span) SpanContext() SpanContext

//revlint:always
func (s *Span) IsRecordingEvents() bool
