//revlint:package cloud.google.com/go/spanner
package spanner

import "context"

// M107, by RowIterator.Stop: it should be called after the iterator was used; by RowIterator.Next: after an
// error, and after the last row, there is nothing more; by RowIterator.Do: it always calls Stop. Only the
// debt is followed. The methods are those of all transactions.
//
//revlint:acquire _ guard ri brief
func (t *txReadOnly) Read(ctx context.Context, table string, keys KeySet, columns []string) (ri *RowIterator)

//revlint:acquire _ guard ri brief
func (t *txReadOnly) ReadUsingIndex(ctx context.Context, table, index string, keys KeySet, columns []string) (ri *RowIterator)

//revlint:acquire _ guard ri brief
func (t *txReadOnly) ReadWithOptions(ctx context.Context, table string, keys KeySet, columns []string, opts *ReadOptions) (ri *RowIterator)

//revlint:acquire _ guard ri brief
func (t *txReadOnly) Query(ctx context.Context, statement Statement) (ri *RowIterator)

//revlint:acquire _ guard ri brief
func (t *txReadOnly) QueryWithOptions(ctx context.Context, statement Statement, opts QueryOptions) (ri *RowIterator)

//revlint:acquire _ guard ri brief
func (t *txReadOnly) QueryWithStats(ctx context.Context, statement Statement) (ri *RowIterator)

//revlint:release r idempotent if err != nil
func (r *RowIterator) Next() (row *Row, err error)

//revlint:release r idempotent
func (r *RowIterator) Do(f func(r *Row) error) error

//revlint:release r idempotent
func (r *RowIterator) Stop()

// M108, by Client.ReadOnlyTransaction: it must be closed when it is no longer needed. One that is for a single
// read, by Client.Single, need not be.
//
//revlint:acquire _ guard tx
func (c *Client) ReadOnlyTransaction() (tx *ReadOnlyTransaction)

//revlint:release t idempotent
func (t *ReadOnlyTransaction) Close()
