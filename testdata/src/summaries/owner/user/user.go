// Package user knows the handle from outside.
package user

import "github.com/revlint/revlint/testdata/src/summaries/owner"

func counted(db *owner.DB) (int, error) {
	t, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	t.Count++
	if err := t.Commit(); err != nil {
		return 0, err
	}
	return t.Count, nil // want revuse
}

func countedInTime(db *owner.DB) (int, error) {
	t, err := db.Begin(false)
	if err != nil {
		return 0, err
	}
	n := t.Count
	return n, t.Commit()
}
