package readers

import (
	"bufio"
	"compress/gzip"
	"compress/zlib"
	"encoding/csv"
	"io"
	"os"
)

// Who closes or flushes a writer after the file behind it was closed, has lost what is left.

func badClosedLate(p string, b []byte) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	if _, err := gz.Write(b); err != nil {
		f.Close()
		return err
	}
	f.Close()
	return gz.Close() // want revuse
}

func badFlushedLate(p string, lines []string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, l := range lines {
		w.WriteString(l)
	}
	if err := f.Close(); err != nil {
		return err
	}
	return w.Flush() // want revuse
}

func badCopiedLate(p string, r io.Reader) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	z := zlib.NewWriter(f)
	f.Close()
	_, err = io.Copy(z, r)
	z.Close() // want revuse
	return err
}

// A writer that leaves its file open is another matter.
func badFileLeft(p string, b []byte) error {
	f, err := os.Create(p) // want revleak
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	if _, err := gz.Write(b); err != nil {
		return err
	}
	return gz.Close()
}

// What could not be written is of no use, in whichever order it is cleaned up.
func okCleanedUp(p string, r io.Reader) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	if _, err = io.Copy(gz, r); err != nil {
		f.Close()
		gz.Close()
		return err
	}
	if err := gz.Close(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okInOrder(p string, r io.Reader) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	defer f.Close()
	gz := gzip.NewWriter(f)
	defer gz.Close()
	_, err = io.Copy(gz, r)
	return err
}

func okFlushedBefore(p string, rows [][]string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	w.WriteAll(rows)
	w.Flush()
	if err := w.Error(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// There is nothing left to be written by then.
func okClosedTwice(p string, b []byte) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	defer gz.Close()
	if _, err := gz.Write(b); err != nil {
		f.Close()
		return err
	}
	if err := gz.Close(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// The writer has got another file meanwhile.
func okResetToAnother(p, q string, b []byte) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	gz.Close()
	f.Close()
	g, err := os.Create(q)
	if err != nil {
		return err
	}
	defer g.Close()
	gz.Reset(g)
	gz.Write(b)
	return gz.Close()
}
