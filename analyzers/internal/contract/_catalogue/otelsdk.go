//revlint:package go.opentelemetry.io/otel/sdk/trace
package trace

import (
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"
)

// M68, by ReadOnlySpan: it allows reading information from the span, and is what processors and exporters get of
// spans that have ended.
type ReadOnlySpan interface {
	//revlint:always
	Name() string
	//revlint:always
	SpanContext() trace.SpanContext
	//revlint:always
	Parent() trace.SpanContext
	//revlint:always
	SpanKind() trace.SpanKind
	//revlint:always
	StartTime() time.Time
	//revlint:always
	EndTime() time.Time
	//revlint:always
	Attributes() []attribute.KeyValue
	//revlint:always
	Links() []Link
	//revlint:always
	Events() []Event
	//revlint:always
	Status() Status
	//revlint:always
	InstrumentationScope() instrumentation.Scope
	//revlint:always
	InstrumentationLibrary() instrumentation.Library
	//revlint:always
	Resource() *resource.Resource
	//revlint:always
	DroppedAttributes() int
	//revlint:always
	DroppedLinks() int
	//revlint:always
	DroppedEvents() int
	//revlint:always
	ChildSpanCount() int
}
