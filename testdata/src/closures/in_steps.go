package closures

import "github.com/revlint/revlint/testdata/src/lib/store"

// copyInSteps commits after each limit of pairs and begins anew. Where put
// could not begin, it has failed, and so has all that called it.
func copyInSteps(src, dst *store.DB, limit int) error {
	tx, err := dst.Begin(true)
	if err != nil {
		return err
	}
	defer func() { tx.Rollback() }()
	n := 0
	put := func(key string, value []byte) error {
		if n++; n > limit {
			if err := tx.Commit(); err != nil {
				return err
			}
			next, err := dst.Begin(true)
			if err != nil {
				return err
			}
			tx, n = next, 0
		}
		b, err := tx.CreateBucket("all")
		if err != nil {
			return err
		}
		return b.Put(key, append([]byte(nil), value...))
	}
	err = src.View(func(in *store.Tx) error {
		b := in.Bucket("all")
		if b == nil {
			return nil
		}
		return b.ForEach(put)
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}

// Whoever goes on after the failure commits a second time.
func copyInStepsRegardless(dst *store.DB, values map[string][]byte) error {
	tx, err := dst.Begin(true)
	if err != nil {
		return err
	}
	flush := func() error {
		if err := tx.Commit(); err != nil {
			return err
		}
		next, err := dst.Begin(true)
		if err != nil {
			return err
		}
		tx = next
		return nil
	}
	_ = flush()
	return tx.Commit() // want revrelease
}
