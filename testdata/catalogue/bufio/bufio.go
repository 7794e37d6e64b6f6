// Package bufio has the examples for the standard library's bufio.
package bufio

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"strconv"
)

// S1: the token is overwritten by the next Scan.
func firstAndLast(r io.Reader) (first, last []byte) {
	s := bufio.NewScanner(r)
	if !s.Scan() {
		return nil, nil
	}
	head := s.Bytes()
	for s.Scan() {
		last = append(last[:0], s.Bytes()...)
	}
	return bytes.Clone(head), last // want revuse
}

// S1: lines of one buffer.
func lines(r io.Reader) (all [][]byte) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		all = append(all, s.Bytes()) // want revescape
	}
	return all
}

// S1: each token is copied.
func copied(r io.Reader) (all [][]byte, texts []string) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		all = append(all, bytes.Clone(s.Bytes()))
		texts = append(texts, s.Text(), string(s.Bytes()))
	}
	return all, texts
}

// S2: a read may fill the buffer in which the peeked bytes are.
func magic(r *bufio.Reader) (byte, error) {
	p, err := r.Peek(4)
	if err != nil {
		return 0, err
	}
	if _, err := r.ReadByte(); err != nil {
		return 0, err
	}
	return p[0], nil // want revuse
}

// S2: Discard of what was peeked fills nothing.
func magicFirst(r *bufio.Reader) (byte, error) {
	p, err := r.Peek(4)
	if err != nil {
		return 0, err
	}
	if _, err := r.Discard(len(p)); err != nil {
		return 0, err
	}
	first := p[0]
	_, err = r.ReadByte()
	return first, err
}

// S2: the first of two lines is gone.
func pair(r *bufio.Reader) ([]byte, []byte, error) {
	a, err := r.ReadSlice('\n')
	if err != nil {
		return nil, nil, err
	}
	b, err := r.ReadSlice('\n')
	if err != nil {
		return nil, nil, err
	}
	return bytes.Clone(a), bytes.Clone(b), nil // want revuse
}

// S2: the first is a copy.
func pairOfCopies(r *bufio.Reader) (string, string, error) {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return "", "", err
	}
	a := string(line)
	line, err = r.ReadSlice('\n')
	if err != nil {
		return "", "", err
	}
	return a, string(line), nil
}

// S4: the buffer is filled after the write that it was for.
func twice(w *bufio.Writer, n byte) error {
	b := w.AvailableBuffer()
	b = append(b, n)
	if _, err := w.Write(b); err != nil {
		return err
	}
	_, err := w.Write(b) // want revuse
	return err
}

// S4: a buffer for each write.
func each(w *bufio.Writer, ns []byte) error {
	for _, n := range ns {
		if _, err := w.Write(strconv.AppendInt(w.AvailableBuffer(), int64(n), 10)); err != nil {
			return err
		}
	}
	return nil
}

// S55: what is buffered in the end is never written.
func lost(name string, lines []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f) // want revleak
	for _, line := range lines {
		if _, err := w.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

// S55: flushed where all went well.
func saved(name string, lines []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<16)
	for _, line := range lines {
		if _, err := w.WriteString(line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// S55: who gets both halves flushes.
func session(rw io.ReadWriter) *bufio.ReadWriter {
	return bufio.NewReadWriter(bufio.NewReader(rw), bufio.NewWriter(rw))
}
