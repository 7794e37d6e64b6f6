package history

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"
)

var syncstoragePool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// mozilla-services/go-syncstorage#148: the bytes of a buffer that went back to its pool are returned.
func syncstorageEncodeBefore(v any) ([]byte, error) {
	buf := syncstoragePool.Get().(*bytes.Buffer)
	defer syncstoragePool.Put(buf)
	buf.Reset()
	if err := json.NewEncoder(buf).Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil // want revescape
}

func syncstorageEncodeAfter(v any) ([]byte, error) {
	buf := syncstoragePool.Get().(*bytes.Buffer)
	defer syncstoragePool.Put(buf)
	buf.Reset()
	if err := json.NewEncoder(buf).Encode(v); err != nil {
		return nil, err
	}
	out := make([]byte, buf.Len())
	copy(out, buf.Bytes())
	return out, nil
}

// OffchainLabs/prysm#16332: keys of a bucket are collected, and used after the transaction.
func prysmKeysBefore(db *bolt.DB) (keys [][]byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("state")).ForEach(func(k, v []byte) error {
			keys = append(keys, k) // want revescape
			return nil
		})
	})
	return keys, err
}

func prysmKeysAfter(db *bolt.DB) (keys [][]byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("state")).ForEach(func(k, v []byte) error {
			keys = append(keys, bytes.Clone(k))
			return nil
		})
	})
	return keys, err
}

// nuts-foundation/nuts-node#489: a payload is handed out of its transaction.
func nutsPayloadBefore(db *bolt.DB, hash []byte) (payload []byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		if b := tx.Bucket([]byte("payloads")); b != nil {
			payload = b.Get(hash) // want revescape
		}
		return nil
	})
	return payload, err
}

func nutsPayloadAfter(db *bolt.DB, hash []byte) (payload []byte, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		if b := tx.Bucket([]byte("payloads")); b != nil {
			payload = slices.Clone(b.Get(hash))
		}
		return nil
	})
	return payload, err
}

// cloudfoundry-community/firehose-to-syslog#191: an application is decoded after its transaction.
func firehoseAppBefore(db *bolt.DB, guid string) (name string, err error) {
	var value []byte
	db.View(func(tx *bolt.Tx) error {
		value = tx.Bucket([]byte("apps")).Get([]byte(guid)) // want revescape
		return nil
	})
	var app struct{ Name string }
	err = json.Unmarshal(value, &app)
	return app.Name, err
}

func firehoseAppAfter(db *bolt.DB, guid string) (name string, err error) {
	var app struct{ Name string }
	err = db.View(func(tx *bolt.Tx) error {
		return json.Unmarshal(tx.Bucket([]byte("apps")).Get([]byte(guid)), &app)
	})
	return app.Name, err
}

// openziti/ziti#4109: what an entity keeps is read from a bucket, and outlives its transaction. The
// bucket is the caller's, and so is the transaction.
func zitiFillBefore(e *zitiTerminator, b *bolt.Bucket) {
	e.secret = b.Get([]byte("secret")) // missed: revescape
}

func zitiFillAfter(e *zitiTerminator, b *bolt.Bucket) {
	e.secret = bytes.Clone(b.Get([]byte("secret")))
}

type zitiTerminator struct{ secret []byte }
