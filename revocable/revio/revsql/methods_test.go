package revsql

import (
	"database/sql/driver"
	"reflect"
	"slices"
	"testing"

	"github.com/revlint/revlint/revocable/revio/internal/op"
)

type (
	bareConn        struct{ driver.Conn }
	barePinger      struct{ driver.Pinger }
	bareExecer      struct{ driver.ExecerContext }
	bareQueryer     struct{ driver.QueryerContext }
	barePreparer    struct{ driver.ConnPrepareContext }
	bareBeginner    struct{ driver.ConnBeginTx }
	bareChecker     struct{ driver.NamedValueChecker }
	bareStmt        struct{ driver.Stmt }
	bareStmtExecer  struct{ driver.StmtExecContext }
	bareStmtQueryer struct{ driver.StmtQueryContext }
	bareConverter   struct{}
	bareRows        struct{ driver.Rows }
	bareNextSet     struct{}
	bareScanTyper   struct{}
	bareTypeNamer   struct{}
	bareLengther    struct{}
	bareNullabler   struct{}
	barePrecisioner struct{}
)

func (bareConverter) ColumnConverter(int) (c driver.ValueConverter)        { return }
func (bareNextSet) HasNextResultSet() (has bool)                           { return }
func (bareNextSet) NextResultSet() (err error)                             { return }
func (bareScanTyper) ColumnTypeScanType(int) (t reflect.Type)              { return }
func (bareTypeNamer) ColumnTypeDatabaseTypeName(int) (s string)            { return }
func (bareLengther) ColumnTypeLength(int) (n int64, ok bool)               { return }
func (bareNullabler) ColumnTypeNullable(int) (is, ok bool)                 { return }
func (barePrecisioner) ColumnTypePrecisionScale(int) (p, s int64, ok bool) { return }

// always is what a connection has whatever the driver's has.
var always = []string{"IsValid", "ResetSession"}

func TestWrappersHaveTheMethodsOfTheDrivers(t *testing.T) {
	o := &object{op.New(op.Settings{})}
	for kind, bares := range map[string][]any{"conn": combineConnBares, "stmt": combineStmtBares, "rows": combineRowsBares} {
		different := make(map[string]bool)
		for _, bare := range bares {
			var wrapped any
			switch kind {
			case "conn":
				wrapped = combineConn(&conn{}, o, bare.(driver.Conn))
			case "stmt":
				wrapped = combineStmt(&stmt{}, o, bare.(driver.Stmt))
			case "rows":
				wrapped = combineRows(&rows{}, o, bare.(driver.Rows))
			}
			got := methods(wrapped)
			if kind == "conn" {
				got = slices.DeleteFunc(got, func(m string) bool { return slices.Contains(always, m) })
			}
			want := methods(bare)
			if !slices.Equal(got, want) {
				t.Errorf("%T\n has %v\nwant %v", bare, got, want)
			}
			different[reflect.TypeOf(wrapped).String()] = true
		}
		if len(different) != len(bares) {
			t.Errorf("%d kinds of %s for %d", len(different), kind, len(bares))
		}
	}
}

func methods(x any) (names []string) {
	typ := reflect.TypeOf(x)
	for i := range typ.NumMethod() {
		names = append(names, typ.Method(i).Name)
	}
	return names
}
