package revsql

import (
	"context"
	"database/sql/driver"
	"reflect"
)

// A tx is a transaction. Neither of its ends enters by force: once revoked, the database rolls back when the connection is
// closed, as IsValid sees to, or the driver does when the transaction's context ends.
type tx struct {
	o   *object
	to  driver.Tx
	end func()
}

func (t *tx) Commit() error {
	defer t.end()
	return t.o.do("commit", t.to.Commit)
}

func (t *tx) Rollback() error {
	defer t.end()
	return t.o.do("rollback", t.to.Rollback)
}

// A result is what a statement has done, which some drivers ask the database for.
type result struct {
	o  *object
	to driver.Result
}

func wrapResult(o *object, bare driver.Result, err error) (driver.Result, error) {
	if err != nil {
		return nil, err
	}
	switch bare.(type) {
	case nil, driver.RowsAffected: // which asks nobody
		return bare, nil
	}
	return &result{o, bare}, nil
}

func (r *result) LastInsertId() (id int64, err error) {
	err = r.o.do("last insert id", func() (err error) { id, err = r.to.LastInsertId(); return err })
	return id, err
}

func (r *result) RowsAffected() (n int64, err error) {
	err = r.o.do("rows affected", func() (err error) { n, err = r.to.RowsAffected(); return err })
	return n, err
}

// A stmt is the base of statements.
type stmt struct {
	o      *object
	to     driver.Stmt
	inputs int
	close  once
}

func wrapStmt(o *object, bare driver.Stmt) driver.Stmt {
	return combineStmt(&stmt{o: o, to: bare, inputs: bare.NumInput()}, o, bare)
}

func (s *stmt) Close() error { return s.close.do(s.to.Close) }

func (s *stmt) NumInput() int { return s.inputs }

func (s *stmt) Exec(args []driver.Value) (r driver.Result, err error) {
	err = s.o.do("exec", func() (err error) {
		r, err = s.to.Exec(args) //lint:ignore SA1019 for drivers that have nothing else
		return err
	})
	return wrapResult(s.o, r, err)
}

func (s *stmt) Query(args []driver.Value) (driver.Rows, error) {
	return queryContext(s.o, context.Background(), func(context.Context) (driver.Rows, error) {
		return s.to.Query(args) //lint:ignore SA1019 for drivers that have nothing else
	})
}

type stmtExecer struct {
	o  *object
	to driver.StmtExecContext
}

func (x stmtExecer) ExecContext(ctx context.Context, args []driver.NamedValue) (r driver.Result, err error) {
	err = x.o.doContext(ctx, "exec", nil, func(ctx context.Context) (err error) {
		r, err = x.to.ExecContext(ctx, args)
		return err
	})
	return wrapResult(x.o, r, err)
}

type stmtQueryer struct {
	o  *object
	to driver.StmtQueryContext
}

func (x stmtQueryer) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return queryContext(x.o, ctx, func(ctx context.Context) (driver.Rows, error) { return x.to.QueryContext(ctx, args) })
}

//lint:ignore SA1019 for drivers that have nothing else
type columnConverter = driver.ColumnConverter

type converter struct {
	o  *object
	to columnConverter
}

// ColumnConverter gives what converts one argument; it is asked before the statement is.
func (x converter) ColumnConverter(i int) (c driver.ValueConverter) {
	c = driver.DefaultParameterConverter
	_ = x.o.do("check", func() error { c = x.to.ColumnConverter(i); return nil })
	return c
}

// queryContext is a query. Its context wakes the reading of rows too, and ends with them.
func queryContext(o *object, ctx context.Context, fn func(context.Context) (driver.Rows, error)) (made driver.Rows, err error) {
	var bare driver.Rows
	err = o.doContext(ctx, "query", func(end func()) {
		made = combineRows(&rows{o: o, to: bare, columns: bare.Columns(), end: end}, o, bare)
	}, func(ctx context.Context) (err error) {
		bare, err = fn(ctx)
		return err
	})
	return made, err
}

// rows are the base of rows. What they say of columns they say after the revocation as before.
type rows struct {
	o       *object
	to      driver.Rows
	columns []string
	end     func()
	close   once
}

func (r *rows) Columns() []string {
	a, ok := r.o.core.Enter()
	if ok {
		defer a.Leave()
		r.columns = r.to.Columns() // those of the next result set are others
	}
	return r.columns
}

func (r *rows) Close() error {
	return r.close.do(func() error {
		defer r.end()
		return r.to.Close()
	})
}

func (r *rows) Next(dest []driver.Value) error {
	a, ok := r.o.core.Enter()
	if !ok {
		return r.o.refuse("next row")
	}
	defer a.Leave()
	return r.o.result("next row", r.to.Next(dest))
}

type nextSet struct {
	o  *object
	to driver.RowsNextResultSet
}

func (x nextSet) HasNextResultSet() bool {
	has := false
	_ = x.o.do("next result set", func() error { has = x.to.HasNextResultSet(); return nil })
	return has
}

func (x nextSet) NextResultSet() error {
	return x.o.do("next result set", x.to.NextResultSet)
}

type scanTyper struct {
	o  *object
	to driver.RowsColumnTypeScanType
}

func (x scanTyper) ColumnTypeScanType(i int) reflect.Type {
	t := reflect.TypeFor[any]()
	_ = x.o.do("column type", func() error { t = x.to.ColumnTypeScanType(i); return nil })
	return t
}

type typeNamer struct {
	o  *object
	to driver.RowsColumnTypeDatabaseTypeName
}

func (x typeNamer) ColumnTypeDatabaseTypeName(i int) (name string) {
	_ = x.o.do("column type", func() error { name = x.to.ColumnTypeDatabaseTypeName(i); return nil })
	return name
}

type lengther struct {
	o  *object
	to driver.RowsColumnTypeLength
}

func (x lengther) ColumnTypeLength(i int) (n int64, ok bool) {
	_ = x.o.do("column type", func() error { n, ok = x.to.ColumnTypeLength(i); return nil })
	return n, ok
}

type nullabler struct {
	o  *object
	to driver.RowsColumnTypeNullable
}

func (x nullabler) ColumnTypeNullable(i int) (nullable, ok bool) {
	_ = x.o.do("column type", func() error { nullable, ok = x.to.ColumnTypeNullable(i); return nil })
	return nullable, ok
}

type precisioner struct {
	o  *object
	to driver.RowsColumnTypePrecisionScale
}

func (x precisioner) ColumnTypePrecisionScale(i int) (precision, scale int64, ok bool) {
	_ = x.o.do("column type", func() error { precision, scale, ok = x.to.ColumnTypePrecisionScale(i); return nil })
	return precision, scale, ok
}
