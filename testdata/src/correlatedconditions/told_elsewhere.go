package correlatedconditions

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// What tells whether there is a transaction, or what became of it, is asked by way of memory: a counter, a map, a list of
// errors, an object that the function shares with its helpers.

type job struct {
	tx     *store.Tx
	err    error
	begun  bool
	failed bool
}

func (j *job) check() {
	if j.err != nil {
		panic(j.err)
	}
}

func okCheckedByMethod(db *store.DB) {
	j := &job{}
	j.tx, j.err = db.Begin(true)
	j.check()
	_ = j.tx.Bucket("a")
	j.tx.Commit()
}

func badCheckedByMethod(db *store.DB) {
	j := &job{}
	j.tx, j.err = db.Begin(true) // want revleak
	j.check()
	_ = j.tx.Bucket("a")
}

func mustBe(err *error) {
	if *err != nil {
		panic(*err)
	}
}

func okCheckedByPointer(db *store.DB) {
	tx, err := db.Begin(true)
	mustBe(&err)
	tx.Commit()
}

func badCheckedByPointer(db *store.DB) {
	tx, err := db.Begin(true) // want revleak
	mustBe(&err)
	_ = tx.Bucket("a")
}

func (j *job) note() { j.failed = !j.begun }

func okNotedNegated(db *store.DB) {
	j := &job{}
	var err error
	j.tx, err = db.Begin(true)
	j.begun = err == nil
	j.note()
	if j.failed {
		return
	}
	j.tx.Commit()
}

func badNotedNegated(db *store.DB) {
	j := &job{}
	var err error
	j.tx, err = db.Begin(true) // want revleak
	j.begun = err == nil
	j.note()
	if !j.failed {
		return
	}
	j.tx.Commit() // want revnil
}

func (j *job) ok() int {
	if j.err != nil {
		return 0
	}
	return 1
}

func okAnsweredByNumber(db *store.DB) {
	j := &job{}
	j.tx, j.err = db.Begin(true)
	if j.ok() == 1 {
		j.tx.Commit()
	}
}

func okInMap(db *store.DB) {
	seen := map[string]bool{}
	tx, err := db.Begin(true)
	seen["begun"] = err == nil
	if seen["begun"] {
		tx.Commit()
	}
}

func okInList(db *store.DB) error {
	var errs []error
	tx, err := db.Begin(true)
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return tx.Commit()
}

func badInList(db *store.DB) error {
	var errs []error
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	errs = append(errs, check(tx))
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return tx.Commit()
}

func okCounted(db *store.DB) error {
	n := map[error]int{}
	tx, err := db.Begin(true)
	n[err]++
	if n[nil] == 0 {
		return err
	}
	return tx.Commit()
}

func okEndedInMap(db *store.DB, early bool) error {
	did := map[string]int{}
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if early {
		tx.Commit()
		did["commit"]++
	}
	if did["commit"] == 0 {
		return tx.Commit()
	}
	return nil
}

func badEndedNoMatter(db *store.DB, early bool, words map[string]int) error {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	if early {
		tx.Commit()
	}
	if words["commit"] == 0 {
		return tx.Commit() // want revrelease
	}
	return nil
}

func check(tx *store.Tx) error {
	if tx.Bucket("a") == nil {
		return store.ErrClosed
	}
	return nil
}
