package held

import "github.com/revlint/revlint/testdata/src/lib/kv"

// A type with parameters is known without its arguments.
type typed[T any] struct {
	it *kv.Iter
	v  T
}

func (t *typed[T]) Next() bool   { return t.it.Next() }
func (t *typed[T]) Value() T     { return t.v }
func (t *typed[T]) Close() error { return t.it.Close() }

type values[T any] interface {
	Next() bool
	Value() T
	Close() error
}

func typedCursor[T any](db *kv.DB, v T) (cursor, error) {
	it, err := db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &typed[T]{it, v}, nil
}

func typedValues[T any](db *kv.DB, v T) (values[T], error) {
	it, err := db.NewIter("a")
	if err != nil {
		return nil, err
	}
	return &typed[T]{it, v}, nil
}

func badTyped(db *kv.DB) error {
	c, err := typedCursor(db, 1) // want revleak
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

func okTyped(db *kv.DB) error {
	c, err := typedCursor(db, 1)
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

func badTypedValues(db *kv.DB) (n int, err error) {
	c, err := typedValues(db, 1) // want revleak
	if err != nil {
		return 0, err
	}
	for c.Next() {
		n += c.Value()
	}
	return n, nil
}

func okTypedValues(db *kv.DB) (n int, err error) {
	c, err := typedValues(db, 1)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	for c.Next() {
		n += c.Value()
	}
	return n, nil
}

// Which of its types it is, is not known.
func okTypedAsserted(db *kv.DB) error {
	c, err := typedCursor(db, 1)
	if err != nil {
		return err
	}
	switch c := c.(type) {
	case *typed[int]:
		return c.it.Close()
	case *typed[string]:
		return nil
	}
	return c.Close()
}
