package everyday

import "bufio"

// What was appended to memory on loan is there, or in new memory where there was no room. The
// capacity tells which.

type header struct{ buf []byte }

func (h *header) okKeptWhereNew(w *bufio.Writer, more []byte) error {
	b := append(w.AvailableBuffer(), more...)
	if cap(b) != w.Available() {
		h.buf = b
	}
	_, err := w.Write(b)
	return err
}

func (h *header) badKept(w *bufio.Writer, more []byte) error {
	b := append(w.AvailableBuffer(), more...)
	h.buf = b // want revescape
	_, err := w.Write(b)
	return err
}

func (h *header) badKeptWhereLarge(w *bufio.Writer, more []byte) error {
	b := append(w.AvailableBuffer(), more...)
	if cap(b) > 1024 {
		h.buf = b // want revescape
	}
	_, err := w.Write(b)
	return err
}
