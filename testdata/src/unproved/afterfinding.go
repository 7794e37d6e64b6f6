package unproved

import "github.com/revlint/revlint/testdata/src/lib/store"

// What a callee hands out it may have made a mistake with before: what has become of it is not told, and nobody
// knows it.

func beginsAndWaits(db *store.DB) (*store.Tx, error) {
	tx, err := db.Begin(true)
	if err != nil {
		return tx, err
	}
	db.Close() // want revwait
	return tx, err
}

func commitsWhatWaited(db *store.DB) {
	tx, _ := beginsAndWaits(db)
	_ = tx.Bucket("a") // answer: unknown: paths or code out of sight may have ended it
	tx.Commit()        // answer: unknown: paths or code out of sight may have ended it
}
