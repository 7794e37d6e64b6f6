package keepingcallees

import (
	"fmt"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

// What is printed into an error is a copy.
func okPrintedInError(db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	defer closer.Close()
	if len(v) == 0 {
		return nil
	}
	return fmt.Errorf("odd value %x", v)
}

func okWrappedError(db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return fmt.Errorf("get: %w", err)
	}
	if err := closer.Close(); err != nil {
		return fmt.Errorf("close after %d: %w", len(v), err)
	}
	return nil
}

type valueError struct{ value []byte }

func (e *valueError) Error() string { return string(e.value) }

func badKeptInError(db *kv.DB) error {
	v, closer, err := db.Get("k")
	if err != nil {
		return err
	}
	defer closer.Close()
	return &valueError{v} // want revescape
}
