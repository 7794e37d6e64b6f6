// Package arrow has the examples for github.com/apache/arrow-go.
package arrow

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
)

// M23: a reference that is not given back where the array is empty.
func nulls(a arrow.Array) int {
	a.Retain() // want revleak
	if a.Len() == 0 {
		return 0
	}
	n := a.NullN()
	a.Release()
	return n
}

// M23: given back.
func nullsReleased(a arrow.Array) int {
	a.Retain()
	defer a.Release()
	return a.NullN()
}

// M24: the batch is the reader's, until the next.
func batches(r *ipc.Reader) (all []arrow.RecordBatch) {
	for r.Next() {
		all = append(all, r.RecordBatch()) // want revescape
	}
	return all
}

// M24: a reference of one's own keeps it.
func retained(r *ipc.Reader) (all []arrow.RecordBatch) {
	for r.Next() {
		b := r.RecordBatch()
		b.Retain()
		all = append(all, b)
	}
	return all
}

// M24: the second read takes the first batch.
func rows(f *ipc.FileReader) (int64, error) {
	a, err := f.RecordBatch(0)
	if err != nil {
		return 0, err
	}
	b, err := f.RecordBatch(1)
	if err != nil {
		return 0, err
	}
	return a.NumRows() + b.NumRows(), nil // want revuse
}

// M24: counted at once.
func rowsAtOnce(f *ipc.FileReader) (n int64, err error) {
	for i := range f.NumRecords() {
		b, err := f.RecordBatch(i)
		if err != nil {
			return 0, err
		}
		n += b.NumRows()
	}
	return n, nil
}

// M25: this batch is the caller's, who must release it.
func columns(f *ipc.FileReader) (int64, error) {
	b, err := f.RecordBatchAt(0) // want revleak
	if err != nil {
		return 0, err
	}
	return b.NumCols(), nil
}

// M25: released.
func columnsReleased(f *ipc.FileReader) (int64, error) {
	a, err := f.RecordBatchAt(0)
	if err != nil {
		return 0, err
	}
	defer a.Release()
	b, err := f.RecordBatchAt(1)
	if err != nil {
		return 0, err
	}
	defer b.Release()
	return a.NumCols() + b.NumCols(), nil
}
