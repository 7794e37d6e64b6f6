package releasehelpers

import (
	"io"
	"os"
)

// A callee answers with a function to be called in any case: where there is nothing to
// release, it is another one, which does nothing.

func openWithCleanup(name string) (*os.File, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, func() {}, err
	}
	return f, func() { _ = f.Close() }, nil
}

func nothing() error { return nil }

func openWithClose(name string) (f *os.File, closing func() error, err error) {
	f, err = os.Open(name)
	if err != nil {
		return nil, nothing, err
	}
	return f, f.Close, nil
}

func openWithNil(name string) (*os.File, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { _ = f.Close() }, nil
}

func okDeferredBeforeChecked(name string) error {
	f, done, err := openWithCleanup(name)
	defer done()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

func okDeferredMethodBeforeChecked(name string) error {
	f, done, err := openWithClose(name)
	defer done()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

func okCalledOnFailure(name string) error {
	f, done, err := openWithCleanup(name)
	if err != nil {
		done()
		return err
	}
	defer done()
	_, err = io.Copy(io.Discard, f)
	return err
}

func deferredNil(name string) error {
	f, done, err := openWithNil(name)
	defer done() // missed: revnil
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

func cleanupForgotten(name string) error {
	f, done, err := openWithCleanup(name) // want revleak
	if err != nil {
		done()
		return err
	}
	if _, err = io.Copy(io.Discard, f); err != nil {
		return err
	}
	done()
	return nil
}
