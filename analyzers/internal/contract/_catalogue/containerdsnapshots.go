//revlint:package github.com/containerd/containerd/v2/core/snapshots/storage also github.com/containerd/containerd/snapshots/storage
package storage

import "context"

// M109, by Transactor: transactions that are not writable, and writable ones that are given up, have to be rolled
// back; Commit is for the others. A Rollback after a Commit fails, and does nothing.
//
//revlint:acquire _ guard t if err == nil
func (ms *MetaStore) TransactionContext(ctx context.Context, writable bool) (_ context.Context, t Transactor, err error)

type Transactor interface {
	//revlint:release self idempotent
	Commit() error
	//revlint:release self idempotent
	Rollback() error
}
