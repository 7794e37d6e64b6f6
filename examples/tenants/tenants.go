package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
	"github.com/revlint/revlint/revocable/revio/revsql"
)

// A tenant is who may be evicted.
type tenant struct{ db *sql.DB }

// tenants are those who have a database in a store.
type tenants struct {
	store    *store
	registry registry.Registry

	mu   sync.Mutex // admitting and evicting
	here map[string]*admitted
}

type admitted struct {
	entry    *registry.Entry
	database revocable.Revoker
}

var validName = regexp.MustCompile(`^[a-z]{1,20}$`)

// get returns a handle of a tenant, whom it admits if need be.
func (ts *tenants) get(ctx context.Context, name string) (h revocable.Handle[tenant], err error) {
	h, err = registry.Lookup[tenant](&ts.registry, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return h, err
	}
	if !validName.MatchString(name) {
		return h, fmt.Errorf("%w: no name of a tenant: %q", fs.ErrInvalid, name)
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if h, err = registry.Lookup[tenant](&ts.registry, name); err == nil {
		return h, nil
	}
	bare, err := ts.store.connector(name)
	if err != nil {
		return h, err
	}
	connector, owner := revsql.Connector(bare)
	db := sql.OpenDB(connector)
	if _, err := db.ExecContext(ctx, ts.store.setUp); err != nil {
		return h, errors.Join(err, db.Close())
	}
	p := revocable.NewProvider(&tenant{db}, revocable.WithCleanupError(func(t *tenant) error {
		return errors.Join(t.db.Close(), ts.store.remove(name))
	}))
	entry, err := registry.Publish(&ts.registry, name, p)
	if err != nil {
		return h, errors.Join(err, db.Close())
	}
	if ts.here == nil {
		ts.here = make(map[string]*admitted)
	}
	ts.here[name] = &admitted{entry, owner}
	return p.Handle(), nil
}

// evict takes a tenant's database away and removes it. When ctx ends first, that goes on.
func (ts *tenants) evict(ctx context.Context, name string) error {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	a := ts.here[name]
	if a == nil {
		return fmt.Errorf("%w: tenant %s", fs.ErrNotExist, name)
	}
	// Queries first, because requests wait for them.
	if err := errors.Join(a.database.RevokeContext(ctx), a.entry.Withdraw(ctx)); err != nil {
		return err
	}
	delete(ts.here, name)
	return nil
}
