package main

import (
	"context"
	"database/sql/driver"
	"errors"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

// A store keeps a database for each tenant. What its connectors connect to is theirs alone.
type store struct {
	connector func(name string) (driver.Connector, error)
	setUp     string // makes the table, if it is missing
	insert    string
	remove    func(name string) error // once nobody is connected any more
}

// sqliteIn is a store of files in a folder.
func sqliteIn(dir string) *store {
	file := func(name string) string { return filepath.Join(dir, name+".db") }
	return &store{
		connector: func(name string) (driver.Connector, error) { return &sqliteFile{file(name)}, nil },
		setUp:     `CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)`,
		insert:    `INSERT INTO notes (text) VALUES (?)`,
		remove:    func(name string) error { return os.Remove(file(name)) },
	}
}

// A sqliteFile connects to a database in a file.
type sqliteFile struct{ file string }

func (c *sqliteFile) Connect(context.Context) (driver.Conn, error) {
	return c.Driver().Open("file:" + c.file + "?_pragma=busy_timeout(30000)&_pragma=journal_mode(DELETE)")
}

func (c *sqliteFile) Driver() driver.Driver { return &sqlite.Driver{} }

// postgresAt is a store of schemas in one database of PostgreSQL. Their names are those of tenants, so they need no quoting.
func postgresAt(url string) (*store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	run := func(statement string) error {
		db := stdlib.OpenDB(*config)
		_, err := db.Exec(statement)
		return errors.Join(err, db.Close())
	}
	return &store{
		connector: func(name string) (driver.Connector, error) {
			if err := run(`CREATE SCHEMA IF NOT EXISTS tenant_` + name); err != nil {
				return nil, err
			}
			own := config.Copy()
			own.RuntimeParams["search_path"] = "tenant_" + name
			return stdlib.GetConnector(*own), nil
		},
		setUp:  `CREATE TABLE IF NOT EXISTS notes (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text TEXT)`,
		insert: `INSERT INTO notes (text) VALUES ($1)`,
		remove: func(name string) error { return run(`DROP SCHEMA tenant_` + name + ` CASCADE`) },
	}, nil
}
