package transactions

import "github.com/revlint/revlint/testdata/src/lib/store"

func open(name string) (*users, error) {
	db, err := store.Open(name)
	if err != nil {
		return nil, err
	}
	return &users{db: db, cache: map[string][]byte{}}, nil
}

func openAndFill(name string) (*users, error) {
	db, err := store.Open(name) // want revleak
	if err != nil {
		return nil, err
	}
	u := &users{db: db, cache: map[string][]byte{}}
	if err := u.fillCacheWithCopies(); err != nil {
		return nil, err
	}
	return u, nil
}

func openAndFillWell(name string) (u *users, err error) {
	db, err := store.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	u = &users{db: db, cache: map[string][]byte{}}
	if err := u.fillCacheWithCopies(); err != nil {
		return nil, err
	}
	return u, nil
}

func withStore(name string, f func(*store.DB) error) error {
	db, err := store.Open(name)
	if err != nil {
		return err
	}
	defer db.Close()
	return f(db)
}

func copyStore(from, to string) error {
	src, err := store.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := store.Open(to)
	if err != nil {
		return err
	}
	defer dst.Close()
	return src.View(func(in *store.Tx) error {
		a := in.Bucket("users")
		if a == nil {
			return errMissing
		}
		return dst.Update(func(out *store.Tx) error {
			b, err := out.CreateBucket("users")
			if err != nil {
				return err
			}
			return a.ForEach(func(key string, value []byte) error {
				return b.Put(key, append([]byte(nil), value...))
			})
		})
	})
}

func copyStoreLeaky(from, to string) error {
	src, err := store.Open(from) // want revleak
	if err != nil {
		return err
	}
	dst, err := store.Open(to)
	if err != nil {
		return err
	}
	defer src.Close()
	defer dst.Close()
	return nil
}

// Put reads the value when its transaction ends: that is after the pair was there.
func mergeStore(from *store.DB, into *store.Bucket) error {
	return from.View(func(tx *store.Tx) error {
		a := tx.Bucket("users")
		if a == nil {
			return errMissing
		}
		return a.ForEach(func(key string, value []byte) error {
			return into.Put(key, value) // want revescape
		})
	})
}
