package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

var errDiffers = errors.New("already there, and another")

// pgrollDB is a database that tries again.
type pgrollDB interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	WithRetryableTransaction(ctx context.Context, f func(context.Context, *sql.Tx) error) error
	Close() error
}

func pgrollFirst[T any](rows *sql.Rows, dest *T) error {
	if rows.Next() {
		return rows.Scan(dest)
	}
	return rows.Err()
}

// xataio/pgroll#614: rows of which the first value is wanted stay open. What reads it closes them where there is
// none, and the caller does not see which of the two it was.
func pgrollCountBefore(ctx context.Context, db pgrollDB) (n int64, err error) {
	var schema string
	rows, err := db.QueryContext(ctx, "select current_schema()") // want revleak
	if err != nil {
		return 0, fmt.Errorf("getting current schema: %w", err)
	}
	if err := pgrollFirst(rows, &schema); err != nil {
		return 0, fmt.Errorf("scanning current schema: %w", err)
	}
	return int64(len(schema)), nil
}

func pgrollCountAfter(ctx context.Context, db pgrollDB) (n int64, err error) {
	var schema string
	rows, err := db.QueryContext(ctx, "select current_schema()")
	if err != nil {
		return 0, fmt.Errorf("getting current schema: %w", err)
	}
	defer rows.Close()
	if err := pgrollFirst(rows, &schema); err != nil {
		return 0, fmt.Errorf("scanning current schema: %w", err)
	}
	return int64(len(schema)), nil
}

// newrelic/nri-flex#667: rows whose columns cannot be read stay open.
func nriflexRunBefore(db *sql.DB, query string, store func([]string)) error {
	rows, err := db.Query(query) // want revleak
	if err != nil {
		return err
	}
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]any, len(cols))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return err
		}
		store(cols)
	}
	return rows.Err()
}

func nriflexRunAfter(db *sql.DB, query string, store func([]string)) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]any, len(cols))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return err
		}
		store(cols)
	}
	return rows.Err()
}

// apache/trafficcontrol#2536: a query of which nobody wants the rows keeps its connection.
func trafficControlInsertBefore(db *sql.DB, name string) error {
	_, err := db.Query("INSERT INTO regex (name) VALUES ($1) RETURNING id", name) // want revleak
	return err
}

func trafficControlInsertAfter(db *sql.DB, name string) error {
	_, err := db.Exec("INSERT INTO regex (name) VALUES ($1)", name)
	return err
}

// Snowflake-Labs/terraform-provider-snowflake#74: a grant that cannot be read leaves the rows open.
func snowflakeGrantsBefore(db *sqlx.DB, role string) (grants []struct{ Name string }, err error) {
	rows, err := db.Queryx("SHOW GRANTS OF ROLE " + role) // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var grant struct{ Name string }
		if err := rows.StructScan(&grant); err != nil {
			return nil, err
		}
		grants = append(grants, grant)
	}
	return grants, nil
}

func snowflakeGrantsAfter(db *sqlx.DB, role string) (grants []struct{ Name string }, err error) {
	rows, err := db.Queryx("SHOW GRANTS OF ROLE " + role)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var grant struct{ Name string }
		if err := rows.StructScan(&grant); err != nil {
			return nil, err
		}
		grants = append(grants, grant)
	}
	return grants, nil
}

// metal-stack/go-ipam#160: an insert that fails leaves the transaction open.
func goipamCreateBefore(ctx context.Context, db *sqlx.DB, cidr string) (string, error) {
	tx, err := db.Beginx() // want revleak
	if err != nil {
		return "", fmt.Errorf("unable to start transaction: %w", err)
	}
	if _, err = tx.ExecContext(ctx, "INSERT INTO prefixes (cidr) VALUES ($1)", cidr); err != nil {
		return "", fmt.Errorf("unable to insert prefix: %w", err)
	}
	return cidr, tx.Commit()
}

func goipamCreateAfter(ctx context.Context, db *sqlx.DB, cidr string) (string, error) {
	tx, err := db.Beginx()
	if err != nil {
		return "", fmt.Errorf("unable to start transaction: %w", err)
	}
	defer func() {
		_ = tx.Rollback()
	}()
	if _, err = tx.ExecContext(ctx, "INSERT INTO prefixes (cidr) VALUES ($1)", cidr); err != nil {
		return "", fmt.Errorf("unable to insert prefix: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return "", err
	}
	return cidr, nil
}

// interuss/dss#297: an operation that is there already, and another, leaves the transaction open.
func dssUpsertBefore(ctx context.Context, db *sql.DB, id string, ovns map[string]bool) error {
	tx, err := db.BeginTx(ctx, nil) // want revleak
	if err != nil {
		return err
	}
	var ovn string
	if err := tx.QueryRowContext(ctx, "SELECT ovn FROM operations WHERE id = $1", id).Scan(&ovn); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if !ovns[ovn] {
		return errDiffers
	}
	return tx.Commit()
}

func dssUpsertAfter(ctx context.Context, db *sql.DB, id string, ovns map[string]bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	var ovn string
	if err := tx.QueryRowContext(ctx, "SELECT ovn FROM operations WHERE id = $1", id).Scan(&ovn); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if !ovns[ovn] {
		if err := tx.Rollback(); err != nil {
			return err
		}
		return errDiffers
	}
	return tx.Commit()
}

// Icinga/icingadb ea3d8e6b: a statement for each table is prepared, and none is closed.
func icingadbVarsBefore(ctx context.Context, db *sqlx.DB, tables []string, id int) (all []string, err error) {
	for _, table := range tables {
		stmt, err := db.PreparexContext(ctx, "SELECT name FROM "+table+" WHERE id = ?") // want revleak
		if err != nil {
			return nil, err
		}
		var names []string
		if err := stmt.SelectContext(ctx, &names, id); err != nil {
			return nil, err
		}
		all = append(all, names...)
	}
	return all, nil
}

func icingadbVarsAfter(ctx context.Context, db *sqlx.DB, tables []string, id int) (all []string, err error) {
	for _, table := range tables {
		stmt, err := db.PreparexContext(ctx, "SELECT name FROM "+table+" WHERE id = ?")
		if err != nil {
			return nil, err
		}
		defer func() { _ = stmt.Close() }()
		var names []string
		if err := stmt.SelectContext(ctx, &names, id); err != nil {
			return nil, err
		}
		all = append(all, names...)
	}
	return all, nil
}
