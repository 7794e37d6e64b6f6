package unproved

import "github.com/revlint/revlint/testdata/src/lib/store"

// What memory tells of a transaction is not followed: neither that there is one nor that it has ended is proved by it.

func askedInMap(db *store.DB) {
	seen := map[string]bool{}
	tx, err := db.Begin(true) // answer: unknown: paths or code out of sight may have ended it
	seen["begun"] = err == nil
	if seen["begun"] {
		tx.Commit() // answer: unknown: paths or code out of sight may have ended it
	}
}

func endedInMap(db *store.DB, early bool) {
	did := map[string]int{}
	tx, err := db.Begin(true) // answer: unknown: paths or code out of sight may have ended it
	if err != nil {
		return
	}
	if early {
		tx.Commit()
		did["commit"]++
	}
	if did["commit"] == 0 {
		_ = tx.Bucket("a") // answer: unknown: paths or code out of sight may have ended it
	}
}
