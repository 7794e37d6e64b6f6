package transactions

import (
	"bytes"
	"encoding/gob"
	"encoding/json"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A vault opens what it has stored with a function it was given.
type vault struct {
	db   *store.DB
	open func(sealed []byte) ([]byte, error)
}

type blob struct{ Data []byte }

func (v *vault) decrypt(sealed []byte) ([]byte, error) {
	var b blob
	if err := json.Unmarshal(sealed, &b); err != nil {
		return nil, err
	}
	return v.open(b.Data)
}

// bucket finds one below the others; any of them may be missing.
func bucket(tx *store.Tx, names ...string) *store.Bucket {
	var b *store.Bucket
	for _, name := range names {
		if b = tx.Bucket(name); b == nil {
			return nil
		}
	}
	return b
}

func root(tx *store.Tx) *store.Bucket { return tx.Bucket("root") }

func (v *vault) secret() ([]byte, error) {
	var plain []byte
	err := v.db.View(func(tx *store.Tx) (err error) {
		if b := tx.Bucket("meta"); b != nil {
			plain, err = v.decrypt(b.Get("secret"))
		}
		return err
	})
	return plain, err
}

func (v *vault) secretAfterView() ([]byte, error) {
	var sealed []byte
	err := v.db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("meta"); b != nil {
			sealed = b.Get("secret") // want revescape
		}
		return nil
	})
	if err != nil || sealed == nil {
		return nil, err
	}
	return v.decrypt(sealed)
}

// Nobody hands on bytes that are not to be read.
func (v *vault) openAfterView() ([]byte, error) {
	var sealed []byte
	err := v.db.View(func(tx *store.Tx) error {
		if b := tx.Bucket("meta"); b != nil {
			sealed = b.Get("secret") // want revescape
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return v.open(sealed)
}

func (v *vault) openAfterRollback() ([]byte, error) {
	tx, err := v.db.Begin(false)
	if err != nil {
		return nil, err
	}
	b := tx.Bucket("meta")
	if b == nil {
		tx.Rollback()
		return nil, errMissing
	}
	sealed := b.Get("secret")
	tx.Rollback()
	return v.open(sealed) // want revuse
}

func (v *vault) wrappedAfterRollback(into any) error {
	tx, err := v.db.Begin(false)
	if err != nil {
		return err
	}
	b := tx.Bucket("meta")
	if b == nil {
		tx.Rollback()
		return errMissing
	}
	value := b.Get("state")
	if err := tx.Rollback(); err != nil || len(value) == 0 {
		return err
	}
	return gob.NewDecoder(bytes.NewBuffer(value)).Decode(into) // want revuse
}

func (v *vault) wrappedInTime(into any) error {
	return v.db.View(func(tx *store.Tx) error {
		b := tx.Bucket("meta")
		if b == nil {
			return errMissing
		}
		return gob.NewDecoder(bytes.NewBuffer(b.Get("state"))).Decode(into)
	})
}

func firstOf(tx *store.Tx) []byte {
	return root(tx).Get("first") // want revnil
}

// The bucket is another one in each round, or none.
func firstBelow(tx *store.Tx, names ...string) []byte {
	return bucket(tx, names...).Get("first") // missed: revnil
}

func firstBelowIfAny(tx *store.Tx, names ...string) []byte {
	b := bucket(tx, names...)
	if b == nil {
		return nil
	}
	return b.Get("first")
}
