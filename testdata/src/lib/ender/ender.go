// Package ender ends what cannot go on
package ender

// Panic is what happens then.
var Panic = func(v any) { panic(v) }

// E panics if the last of its arguments is an error.
func E(args ...any) []any {
	err, ok := args[len(args)-1].(error)
	if ok {
		Panic(err)
	}
	return args
}

// A Logger ends the program when it says so.
type Logger struct{ exit func(code int) }

// An Event is an entry under way.
type Event struct {
	done func(code int)
	text string
}

// Fatal begins an entry after which the program ends.
func (l *Logger) Fatal() *Event { return &Event{done: l.exit} }

// Warn begins an entry.
func (l *Logger) Warn() *Event { return &Event{} }

// Err adds an error.
func (e *Event) Err(err error) *Event {
	if err != nil {
		e.text += err.Error()
	}
	return e
}

// Msg sends the entry.
func (e *Event) Msg(text string) {
	e.text += text
	if e.done != nil {
		e.done(1)
	}
}
