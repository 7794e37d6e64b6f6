// Package promstorage has the examples for github.com/prometheus/prometheus.
package promstorage

import (
	"bytes"
	"context"
	"strings"

	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/storage"
)

// M47: the strings are the querier's.
func jobs(ctx context.Context, db storage.Queryable) ([]string, error) {
	q, err := db.Querier(0, 1)
	if err != nil {
		return nil, err
	}
	defer q.Close()
	vals, _, err := q.LabelValues(ctx, "job", nil)
	return vals, err // want revescape
}

// M47: not closed where the values cannot be had.
func count(ctx context.Context, db storage.Queryable) (int, error) {
	q, err := db.Querier(0, 1) // want revleak
	if err != nil {
		return 0, err
	}
	vals, _, err := q.LabelValues(ctx, "job", nil)
	if err != nil {
		return 0, err
	}
	return len(vals), q.Close()
}

// M47: clones.
func clones(ctx context.Context, db storage.Queryable) (all []string, err error) {
	q, err := db.Querier(0, 1)
	if err != nil {
		return nil, err
	}
	defer q.Close()
	vals, _, err := q.LabelValues(ctx, "job", nil)
	if err != nil {
		return nil, err
	}
	for _, v := range vals {
		all = append(all, strings.Clone(v))
	}
	return all, nil
}

// M48: Next takes the text.
func helps(p textparse.Parser) (all [][]byte) {
	for {
		entry, err := p.Next()
		if err != nil {
			return all
		}
		if entry == textparse.EntryHelp {
			_, help := p.Help()
			all = append(all, help) // want revescape
		}
	}
}

// M48: copies.
func helpCopies(p textparse.Parser) (all [][]byte) {
	for {
		entry, err := p.Next()
		if err != nil {
			return all
		}
		switch entry {
		case textparse.EntryHelp:
			_, help := p.Help()
			all = append(all, bytes.Clone(help))
		case textparse.EntryComment:
			all = append(all, []byte(string(p.Comment())))
		}
	}
}
