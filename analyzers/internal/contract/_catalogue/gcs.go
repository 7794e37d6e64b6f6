//revlint:package cloud.google.com/go/storage
package storage

import "context"

// M87, by ObjectHandle.NewReader and Reader.Close: the caller must close the reader when done.
//
//revlint:acquire _ guard r brief if err == nil
func (o *ObjectHandle) NewReader(ctx context.Context, opts ...ReaderOption) (r *Reader, err error)

//revlint:acquire _ guard r brief if err == nil
func (o *ObjectHandle) NewRangeReader(ctx context.Context, offset, length int64, opts ...ReaderOption) (r *Reader, err error)

//revlint:release r idempotent
func (r *Reader) Close() error

// M88, by ObjectHandle.NewWriter: it is the caller's responsibility to call Close when writing is done; by
// Writer.Close: what was written is there then. Who cancels the context stops without it.
//
//revlint:acquire _ guard w lax
func (o *ObjectHandle) NewWriter(ctx context.Context) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Close() error

//revlint:release w idempotent
func (w *Writer) CloseWithError(err error) error
