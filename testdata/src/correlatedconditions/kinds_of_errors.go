package correlatedconditions

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
)

// A call that may come out both ways is asked again in the same words: it answers the same, though its
// summary tells of two ways out.

type guarded struct {
	mu   sync.Mutex
	n    int
	open bool
}

func (g *guarded) unlockedTwiceByKind(err error) {
	g.mu.Lock()
	if os.IsNotExist(err) {
		g.mu.Unlock()
	}
	g.n++
	if !os.IsNotExist(err) {
		g.mu.Unlock()
	}
}

func (g *guarded) unlockedMeanwhile(err error) {
	g.mu.Lock()
	if errors.Is(err, io.EOF) {
		g.mu.Unlock()
		g.pause()
	}
	if errors.Is(err, io.EOF) {
		g.mu.Lock()
	}
	g.mu.Unlock()
}

func (g *guarded) pause() {}

func closedByKind(err error) error {
	f, failed := os.Open("x")
	if failed != nil {
		return failed
	}
	if errors.Is(err, fs.ErrExist) {
		f.Close()
	}
	if !errors.Is(err, fs.ErrExist) {
		_, err = f.Read(nil)
		f.Close()
	}
	return err
}

func closedByOtherKind(err error) error {
	f, failed := os.Open("x")
	if failed != nil {
		return failed
	}
	if errors.Is(err, fs.ErrExist) {
		f.Close()
	}
	if errors.Is(err, fs.ErrExist) {
		_, err = f.Read(nil) // want revuse
	}
	f.Close()
	return err
}

// isTemporary has two ways out.
func isTemporary(err error) bool {
	if t, ok := err.(interface{ Temporary() bool }); ok && t != nil {
		return true
	}
	return false
}

func closedByOwnPredicate(err error) error {
	f, failed := os.Open("x") // want revleak
	if failed != nil {
		return failed
	}
	if isTemporary(err) {
		f.Close()
		err = nil
	}
	return err
}

func closedByOwnPredicateTwice(err error) error {
	f, failed := os.Open("x")
	if failed != nil {
		return failed
	}
	again := isTemporary(err)
	if isTemporary(err) {
		f.Close()
	}
	if !isTemporary(err) {
		_, _ = f.Read(nil)
		f.Close()
	}
	_ = again
	return nil
}

// verbose is a variable that holds a function.
var verbose func() bool

func closedIfVerbose() error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	if verbose() {
		f.Close()
	}
	if !verbose() {
		_, err = f.Read(nil)
		f.Close()
	}
	return err
}

// closeIf says by its answer that it has closed: the next answer is of another file.
func closeIf(f *os.File, n int) bool {
	if n > 3 {
		f.Close()
		return true
	}
	return false
}

func closedByAnswer(n int) error {
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	if closeIf(f, n) {
		_, err = f.Read(nil) // want revuse
		return err
	}
	return f.Close()
}
