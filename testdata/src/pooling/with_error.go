package pooling

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

var scratch = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func freeScratch(b *bytes.Buffer) {
	if b != nil {
		b.Reset()
		scratch.Put(b)
	}
}

// Beside an error, nobody looks at the buffer.
func compress(wrap func(io.Writer) io.WriteCloser, p []byte) (out *bytes.Buffer, err error) {
	out = scratch.Get().(*bytes.Buffer)
	w := wrap(out)
	w.Write(p)
	if err = w.Close(); err != nil {
		freeScratch(out)
		return
	}
	return
}

func compressAndFree(wrap func(io.Writer) io.WriteCloser, p []byte) (out *bytes.Buffer, err error) {
	out = scratch.Get().(*bytes.Buffer)
	defer freeScratch(out)
	w := wrap(out)
	if _, err = w.Write(p); err != nil {
		return nil, err
	}
	return out, nil // want revescape
}

var builders = sync.Pool{New: func() any { return new(strings.Builder) }}

// A builder only appends, and lets go of its memory when it is reset.
func join(a, b string) string {
	w := builders.Get().(*strings.Builder)
	w.Grow(len(a) + len(b))
	w.WriteString(a)
	w.WriteString(b)
	s := w.String()
	w.Reset()
	builders.Put(w)
	return s
}

func joinBytes(a, b string) []byte {
	w := scratch.Get().(*bytes.Buffer)
	w.WriteString(a)
	w.WriteString(b)
	p := w.Bytes()
	freeScratch(w)
	return p // want revescape
}
