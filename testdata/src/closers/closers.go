// Package closers reads from a store that gives a closer with each value.
package closers

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

var errShort = errors.New("value too short")

type node struct {
	db    *kv.DB
	value []byte
	close func() error
}

func (n *node) get(key string) ([]byte, error) {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.Clone(v), nil
}

func (n *node) getRaw(key string) ([]byte, error) {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return v, nil // want revescape
}

func (n *node) has(key string) (bool, error) {
	_, closer, err := n.db.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, closer.Close()
}

func (n *node) hasLeaky(key string) (bool, error) {
	_, _, err := n.db.Get(key) // want revleak
	if err == kv.ErrNotFound {
		return false, nil
	}
	return err == nil, err
}

func (n *node) tooShort(key string) (int, error) {
	v, closer, err := n.db.Get(key) // want revleak
	if err != nil {
		return 0, err
	}
	if len(v) < 8 {
		return 0, errShort
	}
	size := int(v[0])
	return size, closer.Close()
}

func (n *node) closedFirst(key string) (int, error) {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return 0, err
	}
	if err := closer.Close(); err != nil {
		return 0, err
	}
	return len(v) + int(v[0]), nil // want revuse
}

// Closing twice is harmless for most closers, and not for this one.
func (n *node) closedTwice(key string) (size int, err error) {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return 0, err
	}
	defer closer.Close() // want revrelease
	size = len(v)
	if size == 0 {
		return 0, errShort
	}
	return size, closer.Close()
}

func (n *node) beforeError(key string) int {
	v, closer, err := n.db.Get(key)
	size := int(v[0]) // want revnil
	if err != nil {
		return 0
	}
	closer.Close()
	return size
}

func (n *node) deferBeforeCheck(key string) (string, error) {
	v, closer, err := n.db.Get(key)
	defer closer.Close() // want revnil
	if err != nil {
		return "", err
	}
	return string(v), nil
}

func closeQuietly(c io.Closer) {
	if c != nil {
		_ = c.Close()
	}
}

func (n *node) quietly(key string) (string, error) {
	v, closer, err := n.db.Get(key)
	defer closeQuietly(closer)
	if err != nil {
		return "", err
	}
	return string(v), nil
}

func (n *node) literal(key string) (s string, err error) {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return "", err
	}
	defer func(c io.Closer) {
		err = errors.Join(err, c.Close())
	}(closer)
	return string(v), nil
}

func (n *node) load(key string) error {
	v, closer, err := n.db.Get(key)
	if err != nil {
		return err
	}
	n.value, n.close = v, closer.Close
	return nil
}

func (n *node) retried(key string) (string, error) {
	v, closer, err := n.db.Get(key)
	for tries := 0; err != nil && tries < 3; tries++ {
		v, closer, err = n.db.Get(key)
	}
	if err != nil {
		return "", fmt.Errorf("get %s: %w", key, err)
	}
	defer closer.Close()
	return string(v), nil
}

func (n *node) firstOf(keys ...string) (string, error) {
	for _, key := range keys {
		v, closer, err := n.db.Get(key)
		if err == kv.ErrNotFound {
			continue
		}
		if err != nil {
			return "", err
		}
		s := string(v)
		return s, closer.Close()
	}
	return "", kv.ErrNotFound
}

func (n *node) concat(keys []string) (all []byte, err error) {
	for _, key := range keys {
		v, closer, err := n.db.Get(key)
		if err != nil {
			return nil, err
		}
		all = append(all, v...)
		if err := closer.Close(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (n *node) collect(keys []string) (all [][]byte, err error) {
	for _, key := range keys {
		v, closer, err := n.db.Get(key)
		if err != nil {
			return nil, err
		}
		all = append(all, v) // want revescape
		closer.Close()
	}
	return all, nil
}

// The error that is looked at is another call's.
func (n *node) wrongError(a, b string) (int, error) {
	v, closer, err := n.db.Get(a)
	if err != nil {
		return 0, err
	}
	defer closer.Close()
	w, other, err2 := n.db.Get(b)
	if err != nil {
		return 0, err2
	}
	defer other.Close() // want revnil
	return len(v) + len(w), nil
}
