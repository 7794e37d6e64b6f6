package factories

import (
	"errors"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A client is made when it is first asked for, and kept: who asks does not close it.

type client struct{ db *store.DB }

func (c *client) Close() error { return c.db.Close() }

func newClient(name string) (*client, error) {
	db, err := store.Open(name)
	if err != nil {
		return nil, err
	}
	return &client{db}, nil
}

type keeper struct {
	mu     sync.Mutex
	client *client
	db     *store.DB
}

func (k *keeper) get() (*client, error) {
	if k.client != nil {
		return k.client, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.client == nil {
		var err error
		if k.client, err = newClient("a"); err != nil {
			return nil, errors.New("no client")
		}
	}
	return k.client, nil
}

func (k *keeper) open() (*store.DB, error) {
	if k.db == nil {
		db, err := store.Open("a")
		if err != nil {
			return nil, err
		}
		k.db = db
	}
	return k.db, nil
}

func okKept(k *keeper) error {
	c, err := k.get()
	if err != nil {
		return err
	}
	return c.db.View(func(tx *store.Tx) error { return nil })
}

func okKeptItself(k *keeper) error {
	db, err := k.open()
	if err != nil {
		return err
	}
	return db.View(func(tx *store.Tx) error { return nil })
}

func badNotKept() error {
	c, err := newClient("a") // want revleak
	if err != nil {
		return err
	}
	return c.db.View(func(tx *store.Tx) error { return nil })
}
