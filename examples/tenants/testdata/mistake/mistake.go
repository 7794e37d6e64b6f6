// Package mistake forgets to give the access back when a query fails: the tenant can never be evicted.
package mistake

import (
	"database/sql"

	"github.com/revlint/revlint/revocable"
)

type tenant struct{ db *sql.DB }

func count(h revocable.Handle[tenant]) (n int, err error) {
	t, g := h.TryAccess() // want revleak
	if t == nil {
		return 0, revocable.ErrRevoked
	}
	if err := t.db.QueryRow(`SELECT count(*) FROM notes`).Scan(&n); err != nil {
		return 0, err
	}
	g.Release()
	return n, nil
}
