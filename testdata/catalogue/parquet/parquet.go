// Package parquet has the examples for github.com/parquet-go/parquet-go.
package parquet

import "github.com/parquet-go/parquet-go"

// M49: released, then read.
func rows(r parquet.PageReader) (int64, error) {
	page, err := r.ReadPage()
	if err != nil {
		return 0, err
	}
	parquet.Release(page)
	return page.NumRows(), nil // want revuse
}

// M49: read, then released; another reference for whoever keeps it.
func kept(r parquet.PageReader, keep func(parquet.Page)) (n int64, err error) {
	for {
		page, err := r.ReadPage()
		if err != nil {
			return n, err
		}
		n += page.NumRows()
		parquet.Retain(page)
		keep(page)
		parquet.Release(page)
	}
}
