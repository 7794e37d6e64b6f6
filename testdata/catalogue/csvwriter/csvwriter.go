// Package csvwriter has the examples for the Writer of the standard library's encoding/csv.
package csvwriter

import (
	"encoding/csv"
	"io"
)

// S60: the last records are never written.
func lost(out io.Writer, rows [][]string) error {
	w := csv.NewWriter(out) // want revleak
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return w.Error()
}

// S60: flushed.
func written(out io.Writer, rows [][]string) error {
	w := csv.NewWriter(out)
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// S60: WriteAll flushes.
func all(out io.Writer, rows [][]string) error {
	return csv.NewWriter(out).WriteAll(rows)
}
