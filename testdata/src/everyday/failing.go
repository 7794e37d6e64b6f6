package everyday

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// A callee releases what it is given, unless something fails. Nobody but what it calls decides whether
// it fails, so both is possible.

func writeAndClose(f *os.File, b []byte) error {
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func badLeftOpen(b []byte) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	return writeAndClose(f, b)
}

func badLeftOpenAndWrapped(b []byte) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	if err := writeAndClose(f, b); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

func okClosedAnyway(b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	defer f.Close()
	return writeAndClose(f, b)
}

func okClosedWhereItFails(b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	if err := writeAndClose(f, b); err != nil {
		f.Close()
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

func badWrittenOnceClosed(b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	if err := writeAndClose(f, b); err != nil {
		f.Close()
		return err
	}
	_, err = f.Write(b) // want revuse
	return err
}

// The error is a named result, which a deferred function changes.
func named(f *os.File, w io.Writer) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("named: %w", err)
		}
	}()
	if _, err = io.Copy(w, f); err != nil {
		return err
	}
	err = f.Close()
	return err
}

func badLeftOpenByName(w io.Writer) error {
	f, err := os.Open("x") // want revleak
	if err != nil {
		return err
	}
	return named(f, w)
}

func handsOn(f *os.File, b []byte) error { return writeAndClose(f, b) }

func badLeftOpenFurtherDown(b []byte) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	return handsOn(f, b)
}

// Nothing is written if there is no file.
func closeIfThere(f *os.File, b []byte) error {
	if f == nil {
		return nil
	}
	return writeAndClose(f, b)
}

func badLeftOpenIfThere(b []byte) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	return closeIfThere(f, b)
}

// Which error it is may tell whether the file is open still.
func okAskedWhich(b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	err = writeAndClose(f, b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		f.Close()
	}
	return err
}

// What the writer has in memory decides, and its owner may know it.
type rationed struct{ left int }

var errSpent = errors.New("spent")

func (r *rationed) write(f *os.File, b []byte) error {
	if r.left == 0 {
		return errSpent
	}
	r.left--
	return f.Close()
}

func okKnown(r *rationed, b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	return r.write(f, b)
}

// The error comes with a parameter: the caller has it, too.
func closeUnless(failed error, f *os.File) error {
	if failed != nil {
		return failed
	}
	return f.Close()
}

func okPassedOn(check func() error) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	failed := check()
	if failed != nil {
		f.Close()
	}
	return closeUnless(failed, f)
}

// The error was kept, and others know it.
type failing struct{ err error }

func (x *failing) close(f *os.File) error {
	if x.err != nil {
		return x.err
	}
	return f.Close()
}

func okKeptError(x *failing) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	return x.close(f)
}

// A count decides: who has the last one closes.
func closeAfter(n int, f *os.File) (int, error) {
	if n > 1 {
		return n - 1, nil
	}
	return 0, f.Close()
}

func okCounted() error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	for n := 3; n > 0; {
		if n, err = closeAfter(n, f); err != nil {
			return err
		}
	}
	return nil
}

// A holder that cannot flush keeps its file: whoever has the holder closes it.
type held struct {
	f    *os.File
	rest []byte
}

func (h *held) finish() error {
	if _, err := h.f.Write(h.rest); err != nil {
		return err
	}
	return h.f.Close()
}

func okFinished(b []byte) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	h := &held{f, b}
	return h.finish()
}
