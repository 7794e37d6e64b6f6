// Package also has examples of packages under the paths that they had before: what is said of
// them is what is said of them today.
package also

import (
	"bytes"
	"context"

	"github.com/boltdb/bolt"
	badger2 "github.com/dgraph-io/badger/v2"
	redis8 "github.com/go-redis/redis/v8"
	pgxpool4 "github.com/jackc/pgx/v4/pgxpool"
	"github.com/klauspost/compress/gzip"
)

// M1: the value of a bucket is handed out of its transaction.
func value(db *bolt.DB, key []byte) (value []byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		value = tx.Bucket([]byte("a")).Get(key) // want revescape
		return nil
	})
	return value, err
}

// M1: copied.
func copied(db *bolt.DB, key []byte) (value []byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		value = bytes.Clone(tx.Bucket([]byte("a")).Get(key))
		return nil
	})
	return value, err
}

// M7: nobody discards the transaction.
func has(db *badger2.DB, key []byte) bool {
	txn := db.NewTransaction(false) // want revleak
	_, err := txn.Get(key)
	return err == nil
}

// M26: not released where Exec fails.
func exec(ctx context.Context, p *pgxpool4.Pool, sql string) error {
	c, err := p.Acquire(ctx) // want revleak
	if err != nil {
		return err
	}
	if _, err := c.Exec(ctx, sql); err != nil {
		return err
	}
	c.Release()
	return nil
}

// M70: a pool of the version before gives rows, too.
func count(ctx context.Context, p *pgxpool4.Pool, sql string) (n int, err error) {
	rows, err := p.Query(ctx, sql) // want revleak
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// M75: the connection of the subscription stays open.
func next(ctx context.Context, c *redis8.Client, channel string) (string, error) {
	ps := c.Subscribe(ctx, channel) // want revleak
	msg, err := ps.ReceiveMessage(ctx)
	if err != nil {
		return "", err
	}
	return msg.Payload, nil
}

// S56: another's gzip has the same end.
func unfinished(text []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b) // want revleak
	z.Write(text)
	return b.Bytes()
}
