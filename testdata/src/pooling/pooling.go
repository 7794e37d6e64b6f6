// Package pooling takes objects from pools and gives them back.
package pooling

import (
	"encoding/hex"
	"fmt"
	"io"

	"github.com/revlint/revlint/testdata/src/lib/pool"
)

func reset(b *pool.Buffer) { b.Reset() }

var (
	buffers = pool.New(reset)
	large   = pool.New(reset)
)

func format(id int) []byte {
	buf := buffers.Get()
	defer buffers.Put(buf)
	fmt.Fprintf(buf, "id-%d", id)
	return buf.Bytes() // want revescape
}

func formatToString(id int) string {
	buf := buffers.Get()
	defer buffers.Put(buf)
	fmt.Fprintf(buf, "id-%d", id)
	return buf.String()
}

func formatAndCopy(id int) []byte {
	buf := buffers.Get()
	defer buffers.Put(buf)
	fmt.Fprintf(buf, "id-%d", id)
	return append([]byte(nil), buf.B...)
}

func writeTo(w io.Writer, id int) error {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	_, err := w.Write(buf.B)
	buffers.Put(buf)
	return err
}

func usedAfterPut(id int) int {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	buffers.Put(buf)
	return buf.Len() // want revuse
}

func sliceAfterPut(id int) string {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	p := buf.B[3:]
	buffers.Put(buf)
	return hex.EncodeToString(p) // want revuse
}

func lengthBeforePut(id int) int {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	n := buf.Len()
	buffers.Put(buf)
	return n
}

func putTwice(short bool) {
	buf := buffers.Get()
	defer buffers.Put(buf) // want revrelease
	buf.WriteString("hello")
	if short {
		buffers.Put(buf)
		return
	}
	buf.WriteString(" world")
}

func putIntoOther() {
	buf := buffers.Get()
	buf.WriteString("hello")
	large.Put(buf) // want revrelease
}

func putOne(p *pool.Pool[pool.Buffer]) {
	buf := p.Get()
	buf.WriteString("hello")
	p.Put(buf)
}

// Dropping it is no leak: the garbage collector takes it.
func dropped(id int) int {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	if buf.Len() > 1<<16 {
		return buf.Len()
	}
	n := buf.Len()
	buffers.Put(buf)
	return n
}

// What is given is not what was taken.
func fresh() {
	buffers.Put(&pool.Buffer{B: make([]byte, 0, 1024)})
}

func keptByCaller(id int) *pool.Buffer {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	return buf
}

func callerGivesBack(w io.Writer, id int) error {
	buf := keptByCaller(id)
	defer buffers.Put(buf)
	_, err := w.Write(buf.B)
	return err
}

func callerUsesAfterwards(id int) string {
	buf := keptByCaller(id)
	buffers.Put(buf)
	return buf.String() // want revuse
}

type message struct {
	buf  *pool.Buffer
	body []byte
}

func (m *message) build(text string) {
	m.buf = buffers.Get()
	m.buf.WriteString(text)
	m.body = m.buf.B
}

func (m *message) free() {
	buffers.Put(m.buf)
	m.buf, m.body = nil, nil
}

// The body remains when its buffer has gone.
func (m *message) parse(text string) {
	buf := buffers.Get()
	buf.WriteString(text)
	m.body = buf.B[:2] // want revescape
	buffers.Put(buf)
}

func grown() {
	buf := buffers.Get()
	for i := range 100 {
		if buf.Len() > 64 {
			buffers.Put(buf)
			buf = buffers.Get()
		}
		fmt.Fprint(buf, i)
	}
}

// Whether one buffer was exchanged for another is told by the condition.
func exchanged(big bool) {
	from, buf := buffers, buffers.Get()
	if big {
		from.Put(buf)
		from, buf = large, large.Get()
	}
	buf.WriteString("hello")
	from.Put(buf)
}
