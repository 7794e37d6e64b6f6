// Package note writes notes, which are built field by field.
package note

// A Note is written when it is sent, and each must be.
type Note interface {
	// Field adds a field, and answers with the note to go on with.
	Field(name string) Note

	// Copied is this note, or another one, as something that can be measured.
	Copied() Sized

	// Size is how long it is by now.
	Size() int

	// Send writes the note.
	//
	//revlint:release self
	Send()
}

// A Sized can tell how long it is.
type Sized interface{ Size() int }

// A Log takes notes.
type Log struct{ open []Note }

// Note begins a note.
//
//revlint:acquire n lax
func (l *Log) Note() (n Note) { return l.open[0] }

// An Entry is a note without an interface.
type Entry struct {
	log  *Log
	text []byte
	hook func(e *Entry) *Entry
}

// Entry begins an entry.
//
//revlint:acquire e lax
func (l *Log) Entry() (e *Entry) { return &Entry{log: l} }

// Send writes the entry.
//
//revlint:release e
func (e *Entry) Send() {}

// Hooked answers with what the hook makes of the entry.
func (e *Entry) Hooked() *Entry { return e.hook(e) }

// Copy is another entry like it. This one has to be sent all the same.
func (e *Entry) Copy() *Entry { return &Entry{log: e.log, text: e.text} }

// Add adds text.
func (e *Entry) Add(s string) *Entry {
	e.text = append(e.text, s...)
	return e
}
