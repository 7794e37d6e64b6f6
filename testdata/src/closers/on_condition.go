package closers

import "github.com/revlint/revlint/testdata/src/lib/kv"

// A bookmark remembers where a reader of the same iterator was.
type bookmark struct {
	iter *kv.Iter
	key  string
}

// A reader goes on with the iterator of a bookmark, or has one of its own. Only
// then closing the reader closes the iterator.
type reader struct {
	iter     *kv.Iter
	bookmark *bookmark
}

func newReader(db *kv.DB, b *bookmark) (r *reader, err error) {
	r = &reader{bookmark: b}
	if b != nil {
		r.iter = b.iter
		return r, nil
	}
	if r.iter, err = db.NewIter(""); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *reader) Close() {
	if r.bookmark != nil {
		r.iter.SeekGE(r.bookmark.key)
		return
	}
	r.iter.Close()
}

func (r *reader) count() (n int) {
	for ok := r.iter.First(); ok; ok = r.iter.Next() {
		n++
	}
	return n
}

func count(db *kv.DB, b *bookmark) (int, error) {
	r, err := newReader(db, b)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return r.count(), nil
}

func countAgain(db *kv.DB, b *bookmark) (int, error) {
	r, err := newReader(db, b)
	if err != nil {
		return 0, err
	}
	defer func() { r.Close() }()
	if n := r.count(); b == nil || n > 0 {
		return n, nil
	}
	r.Close()
	return count(db, nil)
}

// An owner always has an iterator of its own.
type owner struct {
	iter *kv.Iter
	seen int
}

func newOwner(db *kv.DB) (*owner, error) {
	it, err := db.NewIter("")
	if err != nil {
		return nil, err
	}
	return &owner{iter: it}, nil
}

func (o *owner) Close() {
	if o.seen > 0 {
		o.seen = 0
	}
	o.iter.Close()
}

func ownerForgotten(db *kv.DB) (int, error) {
	o, err := newOwner(db) // want revleak
	if err != nil {
		return 0, err
	}
	for ok := o.iter.First(); ok; ok = o.iter.Next() {
		o.seen++
	}
	return o.seen, nil
}

func ownerClosedTwice(db *kv.DB) error {
	o, err := newOwner(db)
	if err != nil {
		return err
	}
	defer o.Close() // want revrelease
	if !o.iter.First() {
		o.Close()
	}
	return nil
}
