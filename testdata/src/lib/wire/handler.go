package wire

import "github.com/revlint/revlint/testdata/src/lib/refc"

// A Msg is a message. It, and its body, are the server's.
type Msg struct {
	Subject string
	Body    []byte
	Buf     *refc.Buf
}

// Detach makes the message the handler's own.
//
//revlint:move m
func (m *Msg) Detach() {}

// A Sink takes messages. Handle keeps nothing of m.
type Sink interface {
	//revlint:scoped m
	Handle(m *Msg) error
}

// A HandlerFunc handles messages, and keeps nothing of m.
//
//revlint:scoped m
type HandlerFunc func(m *Msg) error

// Handle calls f.
func (f HandlerFunc) Handle(m *Msg) error { return f(m) }

// A Server has handlers.
type Server struct {
	sinks []Sink
	funcs []func(m *Msg)
	queue []*refc.Buf

	// OnDrop is called with what nobody wants, and keeps nothing of m.
	//
	//revlint:scoped m
	OnDrop func(m *Msg)
}

// Add registers a sink.
func (s *Server) Add(sink Sink) { s.sinks = append(s.sinks, sink) }

// On registers fn, which keeps nothing of m.
//
//revlint:scoped fn(m)
func (s *Server) On(fn func(m *Msg)) { s.funcs = append(s.funcs, fn) }

// Each calls fn for what has come, and forgets fn, which keeps nothing of m.
//
//revlint:scoped fn, fn(m)
func (s *Server) Each(fn func(m *Msg)) {
	for _, b := range s.queue {
		fn(&Msg{Buf: b})
	}
}

// Buffers calls fn for each buffer, on which fn may take a reference.
//
//revlint:scoped fn, fn(b)
func (s *Server) Buffers(fn func(b *refc.Buf)) {
	for _, b := range s.queue {
		fn(b)
	}
}
