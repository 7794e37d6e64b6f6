package revsql

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

var errBare = errors.New("bare")

// A told driver does what it is told: it fails or not, and once, within an operation, does something else.
type told struct {
	err     error
	during  func()
	reached int

	closing   error
	closed    int
	atClose   func()
	columns   []string // if there are others
	atColumns func()
	ctx       context.Context // of the last query
}

func (s *told) close() error {
	s.closed++
	if s.atClose != nil {
		s.atClose()
	}
	return s.closing
}

func (s *told) on() error {
	s.reached++
	if d := s.during; d != nil {
		s.during = nil
		d()
	}
	return s.err
}

type (
	toldConnector struct{ *told }
	toldConn      struct{ *told }
	toldStmt      struct{ *told }
	toldTx        struct{ *told }
	toldRows      struct{ *told }
	toldResult    struct{ *told }
)

func (s toldConnector) Connect(context.Context) (driver.Conn, error) { return toldConn(s), s.on() }
func (s toldConnector) Driver() driver.Driver                        { return toldDriver{} }
func (s toldConnector) Close() error                                 { return errBare }

type toldDriver struct{ driver.Driver }

func (s toldConn) Close() error                             { return s.close() }
func (s toldConn) Prepare(string) (driver.Stmt, error)      { return toldStmt(s), s.on() }
func (s toldConn) Begin() (driver.Tx, error)                { return toldTx(s), s.on() }
func (s toldConn) Ping(context.Context) error               { return s.on() }
func (s toldConn) ResetSession(context.Context) error       { return s.on() }
func (s toldConn) IsValid() bool                            { return s.on() == nil }
func (s toldConn) CheckNamedValue(*driver.NamedValue) error { return s.on() }
func (s toldConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return toldResult(s), s.on()
}
func (s toldConn) QueryContext(ctx context.Context, _ string, _ []driver.NamedValue) (driver.Rows, error) {
	s.ctx = ctx
	return toldRows(s), s.on()
}
func (s toldConn) PrepareContext(context.Context, string) (driver.Stmt, error) {
	return toldStmt(s), s.on()
}
func (s toldConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	return toldTx(s), s.on()
}
func (s toldTx) Commit() error                                { return s.on() }
func (s toldTx) Rollback() error                              { return s.on() }
func (s toldStmt) Close() error                               { return s.close() }
func (s toldStmt) NumInput() int                              { return 3 }
func (s toldStmt) Exec([]driver.Value) (driver.Result, error) { return toldResult(s), s.on() }
func (s toldStmt) Query([]driver.Value) (driver.Rows, error)  { return toldRows(s), s.on() }
func (s toldStmt) CheckNamedValue(*driver.NamedValue) error   { return s.on() }
func (s toldStmt) ColumnConverter(int) driver.ValueConverter  { _ = s.on(); return driver.Bool }
func (s toldRows) Columns() []string {
	if s.atColumns != nil {
		s.atColumns()
	}
	if s.columns != nil {
		return s.columns
	}
	return []string{"c"}
}
func (s toldRows) Close() error                               { return s.close() }
func (s toldRows) Next([]driver.Value) error                  { return s.on() }
func (s toldRows) HasNextResultSet() bool                     { _ = s.on(); return true }
func (s toldRows) NextResultSet() error                       { return s.on() }
func (s toldRows) ColumnTypeScanType(int) reflect.Type        { _ = s.on(); return reflect.TypeFor[int]() }
func (s toldRows) ColumnTypeDatabaseTypeName(int) string      { _ = s.on(); return "INT" }
func (s toldRows) ColumnTypeLength(int) (int64, bool)         { _ = s.on(); return 3, true }
func (s toldRows) ColumnTypeNullable(int) (nullable, ok bool) { _ = s.on(); return true, true }
func (s toldRows) ColumnTypePrecisionScale(int) (p, sc int64, ok bool) {
	_ = s.on()
	return 3, 4, true
}
func (s toldResult) LastInsertId() (int64, error) { return 3, s.on() }
func (s toldResult) RowsAffected() (int64, error) { return 4, s.on() }
func (s toldStmt) ExecContext(context.Context, []driver.NamedValue) (driver.Result, error) {
	return toldResult(s), s.on()
}
func (s toldStmt) QueryContext(context.Context, []driver.NamedValue) (driver.Rows, error) {
	return toldRows(s), s.on()
}

// afterwards is what methods without an error give after the revocation.
var afterwards = map[string][]any{
	"IsValid":                    {false},
	"HasNextResultSet":           {false},
	"ColumnTypeScanType":         {reflect.TypeFor[any]()},
	"ColumnTypeDatabaseTypeName": {""},
	"ColumnTypeLength":           {int64(0), false},
	"ColumnTypeNullable":         {false, false},
	"ColumnTypePrecisionScale":   {int64(0), int64(0), false},
	"ColumnConverter":            {driver.DefaultParameterConverter},
}

// notOperations are what needs no database.
var notOperations = map[string]bool{"Close": true, "NumInput": true, "Columns": true, "Driver": true}

// object makes a bare one and a wrapped one of a kind.
func makeTold(kind string, s *told) (bare, wrapped any, owner *revio.Owner) {
	k, owner := Connector(toldConnector{s})
	err := s.err
	s.err = nil
	defer func() { s.err = err }()
	ctx := context.Background()
	c, _ := k.Connect(ctx)
	switch kind {
	case "connector":
		return toldConnector{s}, k, owner
	case "conn":
		return toldConn{s}, c, owner
	case "tx":
		tx, _ := c.(driver.ConnBeginTx).BeginTx(ctx, driver.TxOptions{})
		return toldTx{s}, tx, owner
	case "stmt":
		st, _ := c.Prepare("q")
		return toldStmt{s}, st, owner
	case "result":
		r, _ := c.(driver.ExecerContext).ExecContext(ctx, "q", nil)
		return toldResult{s}, r, owner
	default:
		rows, _ := c.(driver.QueryerContext).QueryContext(ctx, "q", nil)
		return toldRows{s}, rows, owner
	}
}

// TestEachMethodIsAnOperation: it gives what the driver gives, also its error; the owner waits for it; and after the
// revocation it reaches nothing, and gives nothing but the error.
func TestEachMethodIsAnOperation(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for _, kind := range []string{"connector", "conn", "tx", "stmt", "rows", "result"} {
		_, sample, _ := makeTold(kind, new(told))
		for i := range reflect.TypeOf(sample).NumMethod() {
			method := reflect.TypeOf(sample).Method(i).Name
			if notOperations[method] {
				continue
			}
			t.Run(kind+"."+method, func(t *testing.T) {
				for _, err := range []error{nil, errBare, driver.ErrSkip} {
					s := &told{err: err}
					bare, w, _ := makeTold(kind, s)
					got, want := invoke(w, method), invoke(bare, method)
					for i := range want {
						madeInVain := err != nil && i < len(want)-1
						if wraps(want[i]) && !madeInVain {
							if got[i] == nil {
								t.Errorf("gives %v, want %v", got, want)
							}
						} else if !reflect.DeepEqual(got[i], want[i]) && !(madeInVain && got[i] == nil) {
							t.Errorf("gives %v, want %v", got, want)
						}
					}
				}
				s := &told{err: errBare} // which the revocation hides
				_, w, owner := makeTold(kind, s)
				before := s.reached
				s.during = func() {
					if err := owner.RevokeContext(over); err != context.Canceled {
						t.Errorf("Revoke does not wait for it: %v", err)
					}
				}
				revoked := func(got []any, when string) {
					t.Helper()
					if err, ok := got[len(got)-1].(error); ok && !errors.Is(err, revocable.ErrRevoked) {
						t.Errorf("the error is %v %s", err, when)
					}
				}
				got := invoke(w, method)
				if s.reached != before+1 {
					t.Errorf("%d operations of the driver's", s.reached-before)
				}
				revoked(got, "when revoked meanwhile")
				if err, ok := got[len(got)-1].(error); ok && errors.Is(err, driver.ErrBadConn) {
					t.Error("database/sql would do it again, though it may have been done")
				}
				got = invoke(w, method)
				if s.reached != before+1 {
					t.Error("reaches the driver after the revocation")
				}
				revoked(got, "after the revocation")
				if want := afterwards[method]; want != nil {
					if !reflect.DeepEqual(got, want) {
						t.Errorf("gives %v after the revocation, want %v", got, want)
					}
					return
				}
				err, ok := got[len(got)-1].(error)
				if !ok || errors.Is(err, driver.ErrBadConn) != (kind != "connector") {
					t.Errorf("the error is %v after the revocation", err)
				}
				for _, x := range got[:len(got)-1] {
					if x != nil && !reflect.ValueOf(x).IsZero() {
						t.Errorf("gives %v after the revocation", got)
					}
				}
			})
		}
	}
}

// A driver that says that it did nothing is believed, also while the revocation goes on: database/sql takes another.
func TestBadConnOfTheDriver(t *testing.T) {
	s := &told{err: driver.ErrBadConn}
	_, w, owner := makeTold("conn", s)
	s.during = func() { owner.RevokeNoWait() }
	if err := w.(driver.Pinger).Ping(t.Context()); !errors.Is(err, driver.ErrBadConn) || !errors.Is(err, revocable.ErrRevoked) {
		t.Errorf("Ping: %v", err)
	}
}

// A closer says what its Close returned every time, reaches the driver once, and the context of rows ends after that: drivers take its
// end for a reason to break the connection off.
func TestCloseOnce(t *testing.T) {
	for _, kind := range []string{"conn", "stmt", "rows"} {
		s := &told{closing: errBare}
		_, w, owner := makeTold(kind, s)
		s.atClose = func() {
			if kind == "rows" && s.ctx.Err() != nil {
				t.Error("the context of rows ends before them")
			}
		}
		for range 2 {
			if err := w.(io.Closer).Close(); err != errBare || s.closed != 1 {
				t.Errorf("Close of %s: %v; %d reached the driver", kind, err, s.closed)
			}
			owner.Revoke()
		}
	}
}

// The columns of rows are those of the present result set, and what they were last after the revocation; the owner waits for whoever
// asks.
func TestColumns(t *testing.T) {
	s := new(told)
	_, w, owner := makeTold("rows", s)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	s.columns = []string{"other"}
	s.atColumns = func() {
		s.atColumns = nil
		if err := owner.RevokeContext(over); err != context.Canceled {
			t.Errorf("Revoke does not wait for Columns: %v", err)
		}
	}
	for range 2 {
		if got := w.(driver.Rows).Columns(); len(got) != 1 || got[0] != "other" {
			t.Errorf("columns %q", got)
		}
		s.columns = []string{"after the revocation"}
	}
}

// What is asked of the connector itself, and what ends.
func TestWhatIsNoOperation(t *testing.T) {
	s := new(told)
	_, k, owner := makeTold("connector", s)
	_, st, _ := makeTold("stmt", s)
	_, rows, rowsOwner := makeTold("rows", s)
	for range 2 {
		if k.(driver.Connector).Driver() != (toldDriver{}) || k.(io.Closer).Close() != errBare {
			t.Error("not the connector's own Driver and Close")
		}
		if st.(driver.Stmt).NumInput() != 3 || rows.(driver.Rows).Columns()[0] != "c" {
			t.Error("not the number of inputs, or the columns")
		}
		owner.Revoke()
		rowsOwner.Revoke()
	}
}

func wraps(x any) bool {
	switch x.(type) {
	case driver.Conn, driver.Stmt, driver.Tx, driver.Rows, driver.Result:
		return true
	}
	return false
}

// invoke calls a method with arguments that are not zero, where that matters.
func invoke(object any, method string) (results []any) {
	m := reflect.ValueOf(object).MethodByName(method)
	var args []reflect.Value
	for i := range m.Type().NumIn() {
		switch in := m.Type().In(i); in {
		case reflect.TypeFor[context.Context]():
			args = append(args, reflect.ValueOf(context.Background()))
		case reflect.TypeFor[*driver.NamedValue]():
			args = append(args, reflect.ValueOf(new(driver.NamedValue)))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	for _, r := range m.Call(args) {
		results = append(results, r.Interface())
	}
	return results
}
