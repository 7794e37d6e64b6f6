// Package csv has the examples for the standard library's encoding/csv.
package csv

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
)

// S19: one record, again and again.
func records(src io.Reader) (all [][]string, err error) {
	r := csv.NewReader(src)
	r.ReuseRecord = true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, record) // want revescape
	}
}

// S19: a reader that does not reuse its record gives each away.
func ownRecords(src io.Reader) (all [][]string, err error) {
	r := csv.NewReader(src)
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, record)
	}
}

// S19: the strings are not reused, and a clone is a record of its own.
func clones(src io.Reader) (names []string, all [][]string, err error) {
	r := csv.NewReader(src)
	r.ReuseRecord = true
	for {
		record, err := r.Read()
		if err == io.EOF {
			return names, all, nil
		}
		if err != nil {
			return nil, nil, err
		}
		names = append(names, record[0])
		all = append(all, slices.Clone(record))
	}
}
