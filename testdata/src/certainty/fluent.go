package certainty

import "github.com/revlint/revlint/testdata/src/lib/note"

// A method out of sight that answers with what may be its receiver may have answered with it: whoever
// releases the answer has released the receiver then.

func okChained(l *note.Log) {
	l.Note().Field("a").Send()
}

func okChainedTwice(l *note.Log) {
	l.Note().Field("a").Field("b").Send()
}

func okBuilt(l *note.Log, names []string) {
	n := l.Note()
	for _, name := range names {
		n = n.Field(name)
	}
	n.Send()
}

func okBuiltPerhaps(l *note.Log, more bool) {
	n := l.Note()
	if more {
		n = n.Field("more")
	}
	n.Send()
}

type noted struct{ n note.Note }

func (o *noted) add(name string) { o.n = o.n.Field(name) }

func okBuiltInField(l *note.Log) {
	o := noted{n: l.Note()}
	o.add("a")
	o.n.Send()
}

func field(n note.Note, name string) note.Note { return n.Field(name) }

func okBuiltByHelper(l *note.Log) {
	field(l.Note(), "a").Send()
}

func okInClosure(l *note.Log) {
	n := l.Note()
	add := func(name string) { n = n.Field(name) }
	add("a")
	n.Send()
}

func okSized(l *note.Log) {
	n := l.Note()
	if s, ok := n.Copied().(note.Note); ok {
		s.Send()
	}
}

func okHooked(l *note.Log) {
	l.Entry().Hooked().Send()
}

func okAdded(l *note.Log) {
	l.Entry().Add("a").Add("b").Send()
}

// Nothing that it answers is the note.
func badSize(l *note.Log) int {
	n := l.Note() // want revleak
	return n.Size()
}

func badForgotten(l *note.Log) {
	l.Note() // want revleak
}

func badAdded(l *note.Log) {
	l.Entry().Add("a") // want revleak
}

func badCopied(l *note.Log) {
	l.Entry().Copy().Send() // want revleak
}
