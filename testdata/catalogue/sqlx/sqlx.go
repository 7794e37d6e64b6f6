// Package sqlx has the examples for github.com/jmoiron/sqlx.
package sqlx

import (
	"context"

	"github.com/jmoiron/sqlx"
)

type person struct {
	ID   int
	Name string
}

// M72: they stay open where a row cannot be read.
func people(db *sqlx.DB) (all []person, err error) {
	rows, err := db.Queryx("select * from people") // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var p person
		if err := rows.StructScan(&p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// M72: closed.
func named(ctx context.Context, db *sqlx.DB, name string) (n int, err error) {
	rows, err := db.NamedQueryContext(ctx, "select * from people where name = :name", map[string]any{"name": name})
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// M72: rows of a transaction end with it.
func first(tx *sqlx.Tx) (p person, err error) {
	defer tx.Rollback()
	rows, err := tx.Queryx("select * from people")
	if err != nil {
		return p, err
	}
	if rows.Next() {
		err = rows.StructScan(&p)
	}
	return p, err
}

// M73: prepared for nobody else.
func prepared(db *sqlx.DB, id int) (p person, err error) {
	stmt, err := db.Preparex("select * from people where id = ?") // want revleak
	if err != nil {
		return p, err
	}
	err = stmt.Get(&p, id)
	return p, err
}

// M73: closed.
func preparedByName(db *sqlx.DB, id int) (p person, err error) {
	stmt, err := db.PrepareNamed("select * from people where id = :id")
	if err != nil {
		return p, err
	}
	defer stmt.Close()
	err = stmt.Get(&p, map[string]any{"id": id})
	return p, err
}

// M74: it stays open where the query fails.
func renamed(db *sqlx.DB, p person) error {
	tx, err := db.Beginx() // want revleak
	if err != nil {
		return err
	}
	if _, err := tx.NamedExec("update people set name = :name where id = :id", p); err != nil {
		return err
	}
	return tx.Commit()
}

// M74: rolled back.
func removed(db *sqlx.DB, id int) error {
	tx := db.MustBegin()
	defer tx.Rollback()
	if _, err := tx.Exec("delete from people where id = ?", id); err != nil {
		return err
	}
	return tx.Commit()
}
