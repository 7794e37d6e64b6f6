package conditions

import "github.com/revlint/revlint/testdata/src/lib/kv"

// Options say what a function does with the iterator that it makes.
type options struct {
	prefix  string
	keep    bool
	verbose bool
}

// scan gives the iterator back where nobody wants to keep it, and returns it all the same.
func scan(db *kv.DB, o *options) (*opened, error) {
	it, err := db.NewIter(o.prefix)
	if err != nil {
		return nil, err
	}
	if o.verbose {
		println(o.prefix)
	}
	defer func() {
		if !o.keep {
			it.Close()
		}
	}()
	return &opened{it: it}, nil // want revescape
}

type opened struct{ it *kv.Iter }

// A flag is handed on, turned around.
func scanning(db *kv.DB, o *options) (*opened, error) {
	return scanUnless(db, o.prefix, !o.keep)
}

func scanUnless(db *kv.DB, prefix string, close bool) (*opened, error) {
	it, err := db.NewIter(prefix)
	if err != nil {
		return nil, err
	}
	if close {
		it.Close()
	}
	return &opened{it: it}, nil // want revescape
}

// The same by value.
func scanByValue(db *kv.DB, o options) (*opened, error) {
	it, err := db.NewIter(o.prefix)
	if err != nil {
		return nil, err
	}
	if !o.keep {
		it.Close()
	}
	return &opened{it: it}, nil // want revescape
}

func okNotKept(db *kv.DB) error {
	_, err := scan(db, &options{prefix: "a", verbose: true})
	return err
}

func okNotKeptThrough(db *kv.DB) error {
	o := options{prefix: "a"}
	_, err := scanning(db, &o)
	return err
}

func okNotKeptByValue(db *kv.DB) error {
	_, err := scanByValue(db, options{prefix: "a"})
	return err
}

func okKept(db *kv.DB) error {
	w, err := scanning(db, &options{prefix: "a", keep: true})
	if err != nil {
		return err
	}
	w.it.Close()
	return nil
}

func badKept(db *kv.DB) error {
	_, err := scan(db, &options{prefix: "a", keep: true}) // want revleak
	return err
}

func badKeptThrough(db *kv.DB) error {
	_, err := scanning(db, &options{prefix: "a", keep: true}) // want revleak
	return err
}

func badKeptByValue(db *kv.DB) error {
	_, err := scanByValue(db, options{prefix: "a", keep: true}) // want revleak
	return err
}
