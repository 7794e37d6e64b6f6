package transactions

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

type failure struct{ message string }

func (f *failure) Error() string { return f.message }

// wrap makes every error a failure.
func wrap(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := err.(*failure); ok {
		return err
	}
	return &failure{err.Error()}
}

// A transaction that could not be committed is returned beside the error, for
// those who keep count of them: nobody looks into it.
func retry(db *store.DB, tx *store.Tx, write func(*store.Tx) error) (current *store.Tx, err error) {
	for {
		err := write(tx)
		if err == nil {
			return current, nil
		}
		if !errors.Is(err, store.ErrTxDone) {
			return current, wrap(err)
		}
		if err := tx.Commit(); err != nil {
			return current, wrap(err)
		}
		tx, err = db.Begin(true)
		if err != nil {
			return current, wrap(err)
		}
		current = tx
	}
}

// Here no error tells of it.
func lastOf(db *store.DB, write func(*store.Tx) error) (*store.Tx, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return nil, wrap(err)
	}
	if err := write(tx); err != nil {
		tx.Rollback()
		return nil, wrap(err)
	}
	err = tx.Commit()
	return tx, wrap(err) // want revescape
}
