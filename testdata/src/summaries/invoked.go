package summaries

import "github.com/revlint/revlint/testdata/src/lib/store"

// A session holds a transaction.
type session struct {
	tx *store.Tx
	id string
}

func openSession(db *store.DB, id string) (*session, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return nil, err
	}
	return &session{tx, id}, nil
}

func (s *session) name() string { return s.id }

func (s *session) stop() { s.tx.Rollback() }

func describe(n interface{ name() string }) string { return "<" + n.name() + ">" }

func halt(s interface{ stop() }) { s.stop() }

// Which method is called by the interface, is known here.
func okHalted(db *store.DB) (string, error) {
	s, err := openSession(db, "a")
	if err != nil {
		return "", err
	}
	defer halt(s)
	return describe(s), nil
}

func badDescribed(db *store.DB) (string, error) {
	s, err := openSession(db, "a") // want revleak
	if err != nil {
		return "", err
	}
	return describe(s), nil
}

// rights has more answers than a caller can tell apart.
func rights(tx *store.Tx, level int) (read, write, grant, audit bool) {
	if tx.Bucket("rights") == nil {
		return true, true, true, true
	}
	switch {
	case level > 14:
		return true, true, true, false
	case level > 13:
		return true, true, false, true
	case level > 12:
		return true, true, false, false
	case level > 11:
		return true, false, true, true
	case level > 10:
		return true, false, true, false
	case level > 9:
		return true, false, false, true
	case level > 8:
		return true, false, false, false
	case level > 7:
		return false, true, true, true
	case level > 6:
		return false, true, true, false
	case level > 5:
		return false, true, false, true
	case level > 4:
		return false, true, false, false
	case level > 3:
		return false, false, true, true
	case level > 2:
		return false, false, true, false
	case level > 1:
		return false, false, false, true
	}
	return false, false, false, false
}

func okRights(db *store.DB, level int) (bool, error) {
	tx, err := db.Begin(false)
	if err != nil {
		return false, err
	}
	read, _, _, audit := rights(tx, level)
	return read && audit, tx.Rollback()
}

func badRights(db *store.DB, level int) (bool, error) {
	tx, err := db.Begin(false) // want revleak
	if err != nil {
		return false, err
	}
	read, _, _, audit := rights(tx, level)
	return read && audit, nil
}

func rightsByName(tx *store.Tx, role string) (read, write, grant, audit bool) {
	if tx.Bucket("rights") == nil {
		return true, true, true, true
	}
	switch role {
	case "root":
		return true, true, true, false
	case "admin":
		return true, true, false, true
	case "owner":
		return true, true, false, false
	case "editor":
		return true, false, true, true
	case "sponsor":
		return true, false, true, false
	case "notary":
		return true, false, false, true
	case "reader":
		return true, false, false, false
	case "dropbox":
		return false, true, true, true
	case "bank":
		return false, true, true, false
	case "registrar":
		return false, true, false, true
	case "recorder":
		return false, true, false, false
	case "granter":
		return false, false, true, true
	case "auditor":
		return false, false, true, false
	case "overseer":
		return false, false, false, true
	}
	return false, false, false, false
}

// That the name is one or the other keeps the answers apart: there are too many.
func badRightsByName(db *store.DB, role string) (bool, error) {
	tx, err := db.Begin(false) // want revleak
	if err != nil {
		return false, err
	}
	read, _, _, audit := rightsByName(tx, role)
	return read && audit, nil
}
