package revsql_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/internal/op"
	"github.com/revlint/revlint/revocable/revio/revsql"
)

// A fakeDB is a database of one statement each: "sleep" sleeps until its context ends, "rows" gives three rows and then
// sleeps if asked to, everything else is done at once. It must not be touched behind the fence but to be closed. Real
// databases are tried in examples/tenants, so that this module needs none.
type fakeDB struct {
	mu      sync.Mutex
	fenced  bool
	open    map[string]int // objects that were not closed
	done    int            // statements executed
	touched func(op string)
	last    context.Context // of a query
	asleep  chan struct{}   // if there is one, it is closed when a statement sleeps
}

func (db *fakeDB) sleep(ctx context.Context) error {
	if db.asleep != nil {
		close(db.asleep)
	}
	<-ctx.Done()
	return ctx.Err()
}

func (db *fakeDB) touch(op string) {
	db.mu.Lock()
	fenced, touched := db.fenced, db.touched
	db.mu.Unlock()
	if fenced {
		panic(op + " behind the fence")
	}
	if touched != nil {
		touched(op)
	}
}

func (db *fakeDB) count(what string, n int) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.open == nil {
		db.open = make(map[string]int)
	}
	db.open[what] += n
	if db.open[what] < 0 {
		panic(what + " closed twice")
	}
}

func (db *fakeDB) Connect(context.Context) (driver.Conn, error) {
	db.touch("connect")
	db.count("conn", 1)
	return &fakeConn{db}, nil
}
func (db *fakeDB) Driver() driver.Driver { return nil }

type fakeConn struct{ db *fakeDB }

func (c *fakeConn) Prepare(q string) (driver.Stmt, error) {
	c.db.touch("prepare")
	c.db.count("stmt", 1)
	return &fakeStmt{c, q}, nil
}
func (c *fakeConn) Close() error { c.db.count("conn", -1); return nil }
func (c *fakeConn) Begin() (driver.Tx, error) {
	c.db.touch("begin")
	return &fakeTx{c}, nil
}
func (c *fakeConn) Ping(context.Context) error { c.db.touch("ping"); return nil }
func (c *fakeConn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Result, error) {
	c.db.touch("exec")
	if q == "sleep" {
		return nil, c.db.sleep(ctx)
	}
	c.db.mu.Lock()
	defer c.db.mu.Unlock()
	c.db.done++
	return driver.RowsAffected(1), nil
}
func (c *fakeConn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	c.db.touch("query")
	c.db.count("rows", 1)
	c.db.last = ctx
	return &fakeRows{c: c, ctx: ctx, sleep: strings.Contains(q, "sleep")}, nil
}

type fakeTx struct{ c *fakeConn }

func (t *fakeTx) Commit() error   { t.c.db.touch("commit"); return nil }
func (t *fakeTx) Rollback() error { t.c.db.touch("rollback"); return nil }

type fakeStmt struct {
	c *fakeConn
	q string
}

func (s *fakeStmt) Close() error  { s.c.db.count("stmt", -1); return nil }
func (s *fakeStmt) NumInput() int { return 0 }
func (s *fakeStmt) Exec([]driver.Value) (driver.Result, error) {
	s.c.db.touch("exec")
	return driver.RowsAffected(1), nil
}
func (s *fakeStmt) Query([]driver.Value) (driver.Rows, error) {
	s.c.db.touch("query")
	s.c.db.count("rows", 1)
	return &fakeRows{c: s.c, ctx: context.Background()}, nil
}

type fakeRows struct {
	c     *fakeConn
	ctx   context.Context
	sleep bool
	n     int
}

func (r *fakeRows) Columns() []string { r.c.db.touch("columns"); return []string{"n"} }
func (r *fakeRows) Close() error      { r.c.db.count("rows", -1); return nil }
func (r *fakeRows) Next(dest []driver.Value) error {
	r.c.db.touch("next")
	if r.n == 3 {
		if r.sleep {
			return r.c.db.sleep(r.ctx)
		}
		return io.EOF
	}
	r.n++
	dest[0] = int64(r.n)
	return nil
}

func isRevoked(err error) bool {
	var op *revio.OpError
	return errors.As(err, &op) && errors.Is(err, revocable.ErrRevoked)
}

// script does a bit of everything, and returns the first error.
func script(db *sql.DB) error {
	ctx := context.Background()
	if err := db.PingContext(ctx); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "insert"); err != nil {
		return err
	}
	if err := sum(db.QueryContext(ctx, "rows")); err != nil {
		return err
	}
	s, err := db.PrepareContext(ctx, "rows")
	if err != nil {
		return err
	}
	defer s.Close()
	if err := sum(s.QueryContext(ctx)); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "insert"); err != nil {
		return err
	}
	return tx.Commit()
}

func sum(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	total := 0
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return err
		}
		total += n
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if total != 6 {
		return errors.New("rows are missing")
	}
	return nil
}

// TestRevocationAtEveryTouch revokes before, in and after each time that the driver is touched: what users get is what
// the bare database gives, or ErrRevoked, nothing touches the driver behind the fence, and db.Close closes all.
func TestRevocationAtEveryTouch(t *testing.T) {
	bare := new(fakeDB)
	touches := 0
	bare.touched = func(string) { touches++ }
	if err := script(sql.OpenDB(bare)); err != nil || touches < 10 {
		t.Fatal(err, touches)
	}
	for _, behind := range []bool{false, true} {
		for k := range touches + 1 {
			fake := new(fakeDB)
			bus := revocable.NewProvider(new(int))
			c, owner := revsql.Connector(fake, revio.Behind(bus.Handle()))
			revoke := owner.Revoke
			if behind {
				revoke = bus.Revoke
			}
			db := sql.OpenDB(c)
			revoked := make(chan struct{})
			start := func() {
				revoke()
				fake.mu.Lock()
				fake.fenced = true
				fake.mu.Unlock()
				close(revoked)
			}
			n := 0
			fake.touched = func(string) {
				if n == k {
					go start()
					for (*op.Core)(owner).Alive() {
						time.Sleep(10 * time.Microsecond)
					}
				}
				n++
			}
			err := script(db)
			if n <= k {
				start() // before the next
			}
			<-revoked
			if err != nil && !isRevoked(err) || err == nil && n > k && k < touches-1 {
				t.Errorf("at touch %d, behind %v: %v", k, behind, err)
			}
			if err := script(db); !isRevoked(err) {
				t.Errorf("then: %v", err)
			}
			if err := db.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
			for what, n := range fake.open {
				if n != 0 {
					t.Errorf("at touch %d: %d %s are open", k, n, what)
				}
			}
		}
	}
}

func TestSleepersAreWoken(t *testing.T) {
	for what, sleep := range map[string]func(db *sql.DB) error{
		"exec": func(db *sql.DB) error { _, err := db.Exec("sleep"); return err },
		"next": func(db *sql.DB) error { return sum(db.Query("rows and sleep")) },
	} {
		fake := &fakeDB{asleep: make(chan struct{})}
		c, owner := revsql.Connector(fake)
		db := sql.OpenDB(c)
		slept := make(chan error)
		go func() { slept <- sleep(db) }()
		<-fake.asleep
		owner.Revoke()
		if err := <-slept; !isRevoked(err) || errors.Is(err, driver.ErrBadConn) {
			t.Errorf("%s ends with %v", what, err) // which must not be tried again
		}
		db.Close()
	}
}

// TestAnotherConnectionIsTaken: the pool goes on with the connections of what is left, and nothing is done twice.
func TestAnotherConnectionIsTaken(t *testing.T) {
	first, second := new(fakeDB), new(fakeDB)
	c1, owner := revsql.Connector(first)
	c2, _ := revsql.Connector(second)
	db := sql.OpenDB(failover{c1, c2})
	if _, err := db.Exec("insert"); err != nil {
		t.Fatal(err)
	}
	owner.Revoke()
	for range 3 {
		if _, err := db.Exec("insert"); err != nil {
			t.Fatal(err)
		}
	}
	if first.done != 1 || second.done != 3 {
		t.Errorf("executed: %d and %d", first.done, second.done)
	}
}

// A failover connects to the first that lets it.
type failover []driver.Connector

func (f failover) Connect(ctx context.Context) (driver.Conn, error) {
	var errs []error
	for _, c := range f {
		conn, err := c.Connect(ctx)
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

func (f failover) Driver() driver.Driver { return nil }

// TestIsValid: what comes back to the pool is dropped.
func TestIsValid(t *testing.T) {
	c, owner := revsql.Connector(new(fakeDB))
	conn, err := c.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := conn.(driver.Validator)
	if !v.IsValid() {
		t.Error("not valid before")
	}
	owner.Revoke()
	if v.IsValid() {
		t.Error("valid after")
	}
	if err := conn.(driver.SessionResetter).ResetSession(t.Context()); !errors.Is(err, driver.ErrBadConn) {
		t.Errorf("ResetSession: %v", err)
	}
	if err := errors.Join(conn.Close(), conn.Close()); err != nil {
		t.Error(err)
	}
}

// A hookedContext calls hook when it is first asked for its Done channel: between the entering of an operation and its
// being known to the owner.
type hookedContext struct {
	context.Context
	hook func()
}

func (c hookedContext) Done() <-chan struct{} { c.hook(); return c.Context.Done() }

// TestLateSleeper: the revoker has woken everybody before the operation is known to sleep.
func TestLateSleeper(t *testing.T) {
	c, owner := revsql.Connector(new(fakeDB))
	conn, err := c.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	revoked := make(chan struct{})
	ctx := hookedContext{t.Context(), sync.OnceFunc(func() {
		go func() { owner.Revoke(); close(revoked) }()
		time.Sleep(50 * time.Millisecond)
	})}
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "sleep", nil); !isRevoked(err) {
		t.Errorf("it ends with %v", err)
	}
	<-revoked
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
}

// TestRowsLeaveNothingBehind: the context that wakes the reading of rows ends with them.
func TestRowsLeaveNothingBehind(t *testing.T) {
	fake := new(fakeDB)
	c, _ := revsql.Connector(fake)
	conn, err := c.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := conn.(driver.QueryerContext).QueryContext(t.Context(), "rows", nil)
	if err != nil {
		t.Fatal(err)
	}
	if fake.last.Err() != nil {
		t.Error("the context has ended before the rows")
	}
	if err := rows.Close(); err != nil || fake.last.Err() == nil {
		t.Errorf("Close: %v; the context has not ended", err)
	}
}
