package everyday

import (
	"bufio"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
)

// What a bufio.Writer holds back is lost without Flush. Who makes another of it flushes it, for that is the same one.

func badLinesUnflushed(name string, lines []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f) // want revleak
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
	return nil
}

func badCopiedUnflushed(dst io.Writer, src io.Reader) (int64, error) {
	w := bufio.NewWriterSize(dst, 1<<16) // want revleak
	return io.Copy(w, src)
}

func badEncodedUnflushed(dst io.Writer, v any) error {
	w := bufio.NewWriter(dst) // want revleak
	return json.NewEncoder(w).Encode(v)
}

func okFlushedInTheEnd(dst io.Writer, lines []string) error {
	w := bufio.NewWriter(dst)
	for _, l := range lines {
		if _, err := w.WriteString(l); err != nil {
			return err
		}
	}
	return w.Flush()
}

// The encoder writes into the very same writer, and flushes that.
func okEncoderFlushes(dst io.Writer, v any) error {
	w := bufio.NewWriter(dst)
	return xml.NewEncoder(w).Encode(v)
}

type printer struct{ w *bufio.Writer }

func newPrinter(dst io.Writer) *printer { return &printer{bufio.NewWriter(dst)} }

func (p *printer) print(s string) error {
	if _, err := p.w.WriteString(s); err != nil {
		return err
	}
	return p.w.Flush()
}

// So it is with a printer of one's own.
func okPrinterFlushes(dst io.Writer) error {
	w := bufio.NewWriter(dst)
	return newPrinter(w).print("x")
}

func okHandedToWhoFlushes(dst io.Writer, write func(w *bufio.Writer) error) error {
	w := bufio.NewWriter(dst)
	return write(w)
}

func okFlushedBehindAnInterface(dst io.Writer) {
	w := bufio.NewWriter(dst)
	writeAndFlush(w)
}

func writeAndFlush(w io.Writer) {
	io.WriteString(w, "x")
	if f, ok := w.(interface{ Flush() error }); ok {
		f.Flush()
	}
}

func writeAll(dst io.Writer) error {
	w := bufio.NewWriter(dst)
	w.WriteString("x")
	return w.Flush()
}

// The callee makes the very same writer, and flushes that.
func okCalleeFlushesTheSame(dst io.Writer) error {
	w := bufio.NewWriter(dst)
	w.WriteString("y")
	return writeAll(w)
}

// What the callee gets is no such writer: of that it flushes its own.
func badCalleeFlushesItsOwn(dst io.Writer) error {
	w := bufio.NewWriter(dst) // want revleak
	w.WriteString("y")
	return writeAll(dst)
}

func badEncodedIntoABuffer(dst io.Writer, v any) error {
	w := bufio.NewWriter(dst) // want revleak
	return gob.NewEncoder(w).Encode(v)
}

func badEncodedLate(name string, v any) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	enc := gob.NewEncoder(f)
	f.Close()
	return enc.Encode(v) // want revuse
}
