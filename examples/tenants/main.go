package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/revlint/revlint/revocable"
)

// patience is how long an eviction waits for what does not let itself be woken.
const patience = 30 * time.Second

func main() {
	address := flag.String("listen", "localhost:8082", "where to serve")
	postgres := flag.String("postgres", "", "the `URL` of a PostgreSQL database to keep the tenants in; without it they are files of SQLite")
	flag.Parse()
	s, err := open(*postgres)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("http://%s/tenants/ann/notes", *address)
	log.Fatal(http.ListenAndServe(*address, (&tenants{store: s}).routes()))
}

func open(postgres string) (*store, error) {
	if postgres != "" {
		return postgresAt(postgres)
	}
	dir, err := os.MkdirTemp("", "tenants")
	if err != nil {
		return nil, err
	}
	log.Printf("databases are in %s", dir)
	return sqliteIn(dir), nil
}

func (ts *tenants) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /tenants/{name}/notes", func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
		if err == nil {
			err = ts.with(r, func(db *sql.DB) error {
				_, err := db.ExecContext(r.Context(), ts.store.insert, string(text))
				return err
			})
		}
		answer(w, err)
	})
	mux.HandleFunc("GET /tenants/{name}/notes", func(w http.ResponseWriter, r *http.Request) {
		var notes []string
		err := ts.with(r, func(db *sql.DB) (err error) {
			notes, err = list(r.Context(), db)
			return err
		})
		if err != nil {
			answer(w, err)
			return
		}
		for _, n := range notes {
			fmt.Fprintln(w, n)
		}
	})
	mux.HandleFunc("DELETE /tenants/{name}", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		answer(w, ts.evict(ctx, r.PathValue("name")))
	})
	return mux
}

// with calls fn with the database of the tenant that the request is for.
func (ts *tenants) with(r *http.Request, fn func(db *sql.DB) error) error {
	h, err := ts.get(r.Context(), r.PathValue("name"))
	if err != nil {
		return err
	}
	return h.With(func(t *tenant) error { return fn(t.db) })
}

func list(ctx context.Context, db *sql.DB) (notes []string, err error) {
	rows, err := db.QueryContext(ctx, `SELECT text FROM notes ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		notes = append(notes, text)
	}
	return notes, rows.Err()
}

func answer(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, revocable.ErrRevoked):
		http.Error(w, "evicted", http.StatusGone)
	case errors.Is(err, fs.ErrNotExist):
		http.Error(w, err.Error(), http.StatusNotFound)
	case errors.Is(err, fs.ErrInvalid):
		http.Error(w, err.Error(), http.StatusBadRequest)
	default:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
