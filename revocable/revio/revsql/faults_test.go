package revsql_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/revlint/revlint/revocable/revio/revsql"
)

// A driver whose transactions do what they are told.
type txDriver struct {
	begin  func(ctx context.Context) error
	commit func(ctx context.Context) error
	ctx    context.Context // of the last transaction
}

func (d *txDriver) Connect(context.Context) (driver.Conn, error) { return txConn{d}, nil }
func (d *txDriver) Driver() driver.Driver                        { return nil }

type txConn struct{ *txDriver }

func (c txConn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("no statements") }
func (c txConn) Close() error                        { return nil }
func (c txConn) Begin() (driver.Tx, error)           { return nil, errors.New("no old way") }
func (c txConn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	c.txDriver.ctx = ctx
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	return transaction{c.txDriver, ctx}, nil
}

type transaction struct {
	d   *txDriver
	ctx context.Context
}

func (t transaction) Commit() error   { return t.d.commit(t.ctx) }
func (t transaction) Rollback() error { return t.d.commit(t.ctx) }

func atOnce(context.Context) error { return nil }

// TestTransactionsAreWoken: a BEGIN that waits for a lock, and a COMMIT that waits for the network, which drivers give up when
// the context of the transaction ends.
func TestTransactionsAreWoken(t *testing.T) {
	for _, what := range []string{"begin", "commit", "rollback"} {
		asleep := make(chan struct{})
		sleep := func(ctx context.Context) error {
			close(asleep)
			<-ctx.Done()
			return ctx.Err()
		}
		d := &txDriver{begin: atOnce, commit: atOnce}
		if what == "begin" {
			d.begin = sleep
		} else {
			d.commit = sleep
		}
		c, owner := revsql.Connector(d)
		db := sql.OpenDB(c)
		slept := make(chan error, 1)
		go func() {
			tx, err := db.Begin()
			if err == nil && what == "commit" {
				err = tx.Commit()
			} else if err == nil {
				err = tx.Rollback()
			}
			slept <- err
		}()
		<-asleep
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		if err := owner.RevokeContext(ctx); err != nil {
			t.Fatalf("%s: RevokeContext: %v", what, err)
		}
		cancel()
		if err := <-slept; !isRevoked(err) || errors.Is(err, driver.ErrBadConn) {
			t.Errorf("%s ends with %v", what, err) // which must not be tried again
		}
		db.Close()
	}
}

// TestTransactionsKeepTheirContext until they end, whichever way; then it ends too, so that nothing is left behind.
func TestTransactionsKeepTheirContext(t *testing.T) {
	for _, what := range []string{"commit", "rollback", "a commit that fails", "a commit that is refused"} {
		d := &txDriver{begin: atOnce, commit: atOnce}
		if what == "a commit that fails" {
			d.commit = func(context.Context) error { return errors.New("failed") }
		}
		c, owner := revsql.Connector(d)
		conn, _ := c.Connect(t.Context())
		tx, err := conn.(driver.ConnBeginTx).BeginTx(t.Context(), driver.TxOptions{})
		if err != nil || d.ctx.Err() != nil {
			t.Fatalf("%v; the context of the transaction: %v", err, d.ctx.Err())
		}
		switch what {
		case "rollback":
			err = tx.Rollback()
		case "a commit that is refused":
			owner.Revoke()
			fallthrough
		default:
			err = tx.Commit()
		}
		if (err == nil) != (what == "commit" || what == "rollback") || d.ctx.Err() == nil {
			t.Errorf("%s: %v; the context of the transaction: %v", what, err, d.ctx.Err())
		}
	}
}

// TestPanicLeavesNothingBehind: the context that was to wake an operation ends when the driver panics.
func TestPanicLeavesNothingBehind(t *testing.T) {
	d := &txDriver{begin: func(context.Context) error { panic("oops") }}
	c, owner := revsql.Connector(d)
	conn, _ := c.Connect(t.Context())
	func() {
		defer func() {
			if p := recover(); p != "oops" || d.ctx.Err() == nil {
				t.Errorf("panicked with %v; the context: %v", p, d.ctx.Err())
			}
		}()
		_, _ = conn.(driver.ConnBeginTx).BeginTx(t.Context(), driver.TxOptions{})
	}()
	owner.Revoke() // the access has ended
}

// TestOperationsLeaveNothingBehind: an owner that lives long knows nothing of operations, rows and transactions that are over.
func TestOperationsLeaveNothingBehind(t *testing.T) {
	fake := new(fakeDB)
	c, owner := revsql.Connector(fake)
	type key struct{}
	value := new([1 << 10]byte)
	gone := weak.Make(value)
	ctx := context.WithValue(t.Context(), key{}, value)
	conn, err := c.Connect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.(driver.Pinger).Ping(ctx); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.(driver.QueryerContext).QueryContext(ctx, "rows", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, value, rows, fake.last = nil, nil, nil, nil
	for range 10 {
		runtime.GC()
	}
	if gone.Value() != nil {
		t.Error("the owner keeps the context of an operation that is over")
	}
	runtime.KeepAlive(conn)
	owner.Revoke()
}
