package pooling

import (
	"fmt"
	"sync"
)

// The bytes are taken out of the buffer: it goes back without them.
func formatTakenOut(id int) []byte {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	p := buf.B
	buf.B = nil
	buffers.Put(buf)
	return p
}

func formatCutOff(id int) []byte {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	p := buf.B
	buf.B = buf.B[:0]
	buffers.Put(buf)
	return p // want revescape
}

// What has changed places with something else goes to another goroutine, and the rest back into its pool.
type line struct{ b []byte }

var (
	own    = sync.Pool{New: func() any { return new(line) }}
	posted = sync.Pool{New: func() any { return new(line) }}
)

type poster struct{ lines chan *line }

func (w *poster) okPost(p []byte) {
	e := own.Get().(*line)
	e.b = append(e.b[:0], p...)
	other := posted.Get().(*line)
	other.b, e.b = e.b, other.b
	w.lines <- other
	own.Put(e)
}

func (w *poster) swap(e *line) {
	other := posted.Get().(*line)
	other.b, e.b = e.b, other.b
	w.lines <- other
}

func (w *poster) okPostByHelper(p []byte) {
	e := own.Get().(*line)
	e.b = append(e.b[:0], p...)
	w.swap(e)
	own.Put(e)
}

func (w *poster) take(e *line) {
	other := new(line)
	other.b, e.b = e.b, nil
	go func() { w.lines <- other }()
}

func (w *poster) okTaken(p []byte) {
	e := own.Get().(*line)
	e.b = append(e.b[:0], p...)
	w.take(e)
	own.Put(e)
}

func (w *poster) share(e *line) {
	other := new(line)
	other.b = e.b
	w.lines <- other
}

func (w *poster) badShared(p []byte) {
	e := own.Get().(*line)
	e.b = append(e.b[:0], p...)
	w.share(e) // want revescape
	own.Put(e)
}

func (w *poster) badTakenTooLate(p []byte) {
	e := own.Get().(*line)
	e.b = append(e.b[:0], p...)
	w.lines <- e // want revescape
	e.b = nil
	own.Put(e)
}
