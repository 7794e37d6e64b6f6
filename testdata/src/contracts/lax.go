package contracts

import (
	"fmt"
	"io"

	"github.com/revlint/revlint/testdata/src/lib/out"
)

// Decision 47: nobody flushes, on any way.
func neverFlushed(p []byte) error {
	w := out.New() // want revleak
	if _, err := w.Write(p); err != nil {
		return err
	}
	return nil
}

// Decision 47: nor where it may not be there at all.
func neverFlushedIfOpen(name string, p []byte) error {
	w, err := out.Open(name) // want revleak
	if err != nil {
		return err
	}
	_, err = w.Write(p)
	return err
}

// Decision 47: where something failed, what was kept is of no use.
func flushedUnlessFailed(p []byte) error {
	w := out.New()
	if _, err := w.Write(p); err != nil {
		return err
	}
	return w.Flush()
}

// Decision 47: one way flushes, so its author knows when to.
func flushedIfWritten(p []byte) error {
	w := out.New()
	if len(p) == 0 {
		return nil
	}
	w.Write(p)
	return w.Flush()
}

// Decision 47: the ways out of the loop are failures, which the function tells to nobody.
func untilItFails(p []byte) {
	w := out.New()
	for {
		if _, err := w.Write(p); err != nil {
			return
		}
	}
}

// Decision 47: the failure is printed.
func failureIsPrinted(p []byte) {
	w := out.New()
	if _, err := w.Write(p); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("done")
	w.Flush()
}

// Decision 47: a function that gets it may flush it.
func flushedElsewhere(p []byte, finish func(*out.Writer)) {
	w := out.New()
	w.Write(p)
	finish(w)
}

// Decision 47: it is the caller's.
func returnedUnflushed(p []byte) *out.Writer {
	w := out.New()
	w.Write(p)
	return w
}

// Decision 47: who does not flush it either.
func neverFlushedByCaller(p []byte) {
	w := returnedUnflushed(p) // want revleak
	w.Write(p)
}

// Decision 47: who writes into it through an interface does not flush it.
func neverFlushedButPrinted(p []byte) {
	w := out.New() // want revleak
	fmt.Fprintf(w, "%s", p)
}

// Decision 47: what holds it may.
func keptByAnother(p []byte) io.Writer {
	w := out.New()
	w.Write(p)
	return struct{ io.Writer }{w}
}

// Decision 47: a deferred flush is one.
func flushedByDefer(p []byte) {
	w := out.New()
	defer w.Flush()
	w.Write(p)
}

// Decision 47: so is that of a closure.
func flushedByClosure(p []byte) (err error) {
	w := out.New()
	defer func() {
		if e := w.Flush(); err == nil {
			err = e
		}
	}()
	_, err = w.Write(p)
	return err
}
