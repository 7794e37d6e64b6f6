package revsql

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"sync"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// Connector wraps c and all connections that it makes, their statements, transactions, rows and results. Those of a wrapper's
// optional methods that database/sql looks for are those of the driver's object. (A connection always has ResetSession and
// IsValid; where the driver's has not, they say what database/sql takes for granted there. A driver's Execer and Queryer of before
// contexts are not passed on: database/sql prepares instead.) What a function given to
// sql.Conn.Raw gets is the wrapper.
//
// Sleeping operations are woken by their contexts, Commit and Rollback by that of their transaction. Drivers that do not look at those need [revio.Interrupt].
func Connector(c driver.Connector, opts ...revio.Option) (wrapped driver.Connector, owner *revio.Owner) {
	var s op.Settings
	for _, o := range opts {
		o(&s)
	}
	core := op.New(s)
	k := &connector{&object{core}, c}
	if closer, ok := c.(io.Closer); ok { // which sql.DB.Close looks for
		return &struct {
			*connector
			io.Closer
		}{k, closer}, (*revio.Owner)(core)
	}
	return k, (*revio.Owner)(core)
}

// An object is what passes the gate.
type object struct{ core *op.Core }

// refuse is the error of an operation that could not enter: it has not been done.
func (o *object) refuse(op string) error {
	return &revio.OpError{Op: op, Err: badConn{o.core.Cause()}}
}

// A badConn is driver.ErrBadConn too.
type badConn struct{ error }

func (e badConn) Unwrap() error { return e.error }

func (badConn) Is(target error) bool { return target == driver.ErrBadConn }

// result is the error of an operation that got err from the driver. (driver.ErrSkip says that there was none.)
func (o *object) result(op string, err error) error {
	switch {
	case err == nil, err == driver.ErrSkip, o.core.Alive():
		return err
	case errors.Is(err, driver.ErrBadConn): // the driver says that it has not been done
		return o.refuse(op)
	}
	return &revio.OpError{Op: op, Err: o.core.Cause()}
}

// do is an operation without a context.
func (o *object) do(op string, fn func() error) error {
	a, ok := o.core.Enter()
	if !ok {
		return o.refuse(op)
	}
	defer a.Leave()
	return o.result(op, fn())
}

// doContext is an operation that is woken by its context. Rows and transactions keep the context alive beyond it: keep is
// told how to end it.
func (o *object) doContext(ctx context.Context, op string, keep func(end func()), fn func(context.Context) error) error {
	a, ok := o.core.Enter()
	if !ok {
		return o.refuse(op)
	}
	defer a.Leave()
	ctx, cancel := context.WithCancelCause(ctx)
	w := &waker{cancel: cancel}
	o.core.Add(w)
	end := sync.OnceFunc(func() {
		o.core.Remove(w)
		cancel(nil)
	})
	if !o.core.Alive() {
		w.Wake() // the wake of a revocation that began meanwhile has missed it
	}
	kept := false
	defer func() {
		if !kept { // also when the driver panics
			end()
		}
	}()
	err := fn(ctx)
	if err == nil && keep != nil {
		keep(end)
		kept = true
	}
	return o.result(op, err)
}

// A waker is an operation with a context.
type waker struct{ cancel context.CancelCauseFunc }

func (w *waker) Wake() { w.cancel(revocable.ErrRevoked) }

type connector struct {
	o  *object
	to driver.Connector
}

// Connect fails, once revoked, without being driver.ErrBadConn: there is no other connection to take.
func (c *connector) Connect(ctx context.Context) (made driver.Conn, err error) {
	err = c.o.doContext(ctx, "connect", nil, func(ctx context.Context) error {
		bare, err := c.to.Connect(ctx)
		if err == nil {
			made = combineConn(&conn{o: c.o, to: bare}, c.o, bare)
		}
		return err
	})
	if err != nil && !c.o.core.Alive() {
		return made, &revio.OpError{Op: "connect", Err: c.o.core.Cause()}
	}
	return made, err
}

// Driver returns the driver, which is not wrapped: what it opens has no owner.
func (c *connector) Driver() driver.Driver { return c.to.Driver() }

// A conn is the base of connections.
type conn struct {
	o     *object
	to    driver.Conn
	close once
}

// once has Close reach an object once. Later calls return what the first did.
type once struct {
	once sync.Once
	err  error
}

func (c *once) do(fn func() error) error {
	c.once.Do(func() { c.err = fn() })
	return c.err
}

func (c *conn) Close() error { return c.close.do(c.to.Close) }

func (c *conn) Prepare(query string) (made driver.Stmt, err error) {
	err = c.o.do("prepare", func() error {
		bare, err := c.to.Prepare(query)
		if err == nil {
			made = wrapStmt(c.o, bare)
		}
		return err
	})
	return made, err
}

func (c *conn) Begin() (made driver.Tx, err error) {
	err = c.o.do("begin", func() error {
		bare, err := c.to.Begin() //lint:ignore SA1019 for drivers that have nothing else
		if err == nil {
			made = &tx{c.o, bare, func() {}}
		}
		return err
	})
	return made, err
}

// ResetSession is asked before a pooled connection is used again.
func (c *conn) ResetSession(ctx context.Context) error {
	return c.o.doContext(ctx, "reset session", nil, func(ctx context.Context) error {
		if r, ok := c.to.(driver.SessionResetter); ok {
			return r.ResetSession(ctx)
		}
		return nil
	})
}

// IsValid is asked when a connection comes back to the pool.
func (c *conn) IsValid() bool {
	a, ok := c.o.core.Enter()
	if !ok {
		return false
	}
	defer a.Leave()
	v, ok := c.to.(driver.Validator)
	return !ok || v.IsValid()
}

type pinger struct {
	o  *object
	to driver.Pinger
}

func (x pinger) Ping(ctx context.Context) error { return x.o.doContext(ctx, "ping", nil, x.to.Ping) }

type execer struct {
	o  *object
	to driver.ExecerContext
}

func (x execer) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (r driver.Result, err error) {
	err = x.o.doContext(ctx, "exec", nil, func(ctx context.Context) (err error) {
		r, err = x.to.ExecContext(ctx, query, args)
		return err
	})
	return wrapResult(x.o, r, err)
}

type queryer struct {
	o  *object
	to driver.QueryerContext
}

func (x queryer) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return queryContext(x.o, ctx, func(ctx context.Context) (driver.Rows, error) { return x.to.QueryContext(ctx, query, args) })
}

type preparer struct {
	o  *object
	to driver.ConnPrepareContext
}

func (x preparer) PrepareContext(ctx context.Context, query string) (made driver.Stmt, err error) {
	err = x.o.doContext(ctx, "prepare", nil, func(ctx context.Context) error {
		bare, err := x.to.PrepareContext(ctx, query)
		if err == nil {
			made = wrapStmt(x.o, bare)
		}
		return err
	})
	return made, err
}

type beginner struct {
	o  *object
	to driver.ConnBeginTx
}

// BeginTx begins a transaction, whose context ends with it, because drivers roll back when that ends. A revocation ends it too.
func (x beginner) BeginTx(ctx context.Context, opts driver.TxOptions) (made driver.Tx, err error) {
	var bare driver.Tx
	err = x.o.doContext(ctx, "begin", func(end func()) { made = &tx{x.o, bare, end} }, func(ctx context.Context) (err error) {
		bare, err = x.to.BeginTx(ctx, opts)
		return err
	})
	return made, err
}

// A checker does no more than look at an argument.
type checker struct {
	o  *object
	to driver.NamedValueChecker
}

func (x checker) CheckNamedValue(v *driver.NamedValue) error {
	return x.o.do("check", func() error { return x.to.CheckNamedValue(v) })
}
