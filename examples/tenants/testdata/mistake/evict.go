package mistake

import (
	"context"
	"database/sql"

	"github.com/revlint/revlint/revocable"
)

// rename evicts a tenant from within a use of the tenant's database: it waits for itself.
func rename(ctx context.Context, p *revocable.Provider[tenant]) error {
	return p.Handle().With(func(t *tenant) error {
		if _, err := t.db.ExecContext(ctx, `DELETE FROM notes`); err != nil {
			return err
		}
		return p.RevokeContext(ctx) // want revwait
	})
}

// A cache keeps the database beyond the access, and the tenant's eviction.
type cache struct{ last *tenant }

func (c *cache) look(h revocable.Handle[tenant]) (*sql.DB, error) {
	t, g := h.TryAccess()
	if t == nil {
		return nil, revocable.ErrRevoked
	}
	defer g.Release()
	c.last = t // want revescape
	return t.db, nil
}
