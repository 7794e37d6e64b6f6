// Package frames uses parts, values and numbers that interfaces lend to it.
package frames

import (
	"github.com/revlint/revlint/testdata/src/lib/frame"
	"github.com/revlint/revlint/testdata/src/lib/kv"
)

type inbox struct {
	fd    uintptr
	part  *frame.Part
	value frame.Value
}

func (in *inbox) keepNumber(r *frame.Ring) {
	r.Number(func(fd uintptr) {
		in.fd = fd // want revescape
	})
}

func (in *inbox) useNumber(r *frame.Ring, close func(fd uintptr)) {
	r.Number(func(fd uintptr) { close(fd) })
}

func (in *inbox) keepPart(v frame.Viewer) error {
	return v.View(func(p *frame.Part) error {
		in.part = p // want revescape
		return nil
	})
}

func partOf(v frame.Viewer) (part *frame.Part, err error) {
	err = v.View(func(p *frame.Part) error {
		part = p // want revescape
		return nil
	})
	return part, err
}

func partCopied(v frame.Viewer) (bytes []byte, err error) {
	err = v.View(func(p *frame.Part) error {
		bytes = append(bytes, p.Bytes...)
		return nil
	})
	return bytes, err
}

// What a method of a part of the document gives is a part of it, too.
func port(p frame.Parser, text string) int {
	return p.Parse(text).Get("server").Get("port").Int()
}

func (in *inbox) keepValue(p frame.Parser, text, other string) int {
	in.value = p.Parse(text).Get("server") // want revescape
	return p.Parse(other).Int()
}

func portAfterParse(p frame.Parser, text, other string) int {
	server := p.Parse(text).Get("server")
	p.Parse(other)
	return server.Get("port").Int() // want revuse
}

// The sink closes the value.
func added(db *kv.DB, to frame.Sink) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	return to.Add(v, closer)
}

func addedAndWritten(p []byte, to frame.Sink) error {
	if err := to.Add(p, nil); err != nil {
		return err
	}
	p[0] = 'x' // want revuse
	return to.Flush()
}

func flushedAndWritten(p []byte, to frame.Sink) error {
	if err := to.Add(p, nil); err != nil {
		return err
	}
	err := to.Flush()
	p[0] = 'x'
	return err
}
