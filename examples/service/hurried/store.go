// Package hurried is package notes with a dozen mistakes. What stands after "want" is what revlint finds there.
package hurried

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	"go.opentelemetry.io/otel"
	_ "modernc.org/sqlite" // the driver
)

var tracer = otel.Tracer("notes")

// ErrNone is the error for what is not there.
var ErrNone = errors.New("no such note")

// A Service keeps notes in a folder.
type Service struct {
	dir   string
	db    *sql.DB
	pages *bolt.DB // previews, by address

	mu   sync.Mutex
	hits map[string]int // by address
}

// Open opens the service whose data are in dir.
func Open(dir string) (*Service, error) {
	db, err := sql.Open("sqlite", filepath.Join(dir, "notes.db"))
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)`); err != nil {
		db.Close()
		return nil, err
	}
	pages, err := bolt.Open(filepath.Join(dir, "pages.db"), 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		db.Close()
		return nil, err
	}
	return &Service{dir: dir, db: db, pages: pages, hits: make(map[string]int)}, nil
}

// Close closes what Open opened.
func (s *Service) Close() error { return errors.Join(s.pages.Close(), s.db.Close()) }

// List lists the notes.
func (s *Service) List(ctx context.Context) (all []string, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT text FROM notes ORDER BY id`) // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

// Longest is the longest note.
func (s *Service) Longest(ctx context.Context) ([]byte, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT text FROM notes`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var longest []byte
	for rows.Next() {
		var text sql.RawBytes
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		if len(text) > len(longest) {
			longest = text
		}
	}
	return longest, rows.Err() // want revescape
}

// Add adds notes, all or none.
func (s *Service) Add(ctx context.Context, texts ...string) error {
	ctx, span := tracer.Start(ctx, "add") // want revleak
	tx, err := s.db.BeginTx(ctx, nil)     // want revleak
	if err != nil {
		return err
	}
	for _, text := range texts {
		if text == "" {
			return ErrNone
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO notes (text) VALUES (?)`, text); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	span.End()
	return nil
}

// Import adds the notes that r has, one a line.
func (s *Service) Import(ctx context.Context, r io.Reader) error {
	lines, err := readLines(r)
	if err != nil {
		return err
	}
	insert, err := s.db.PrepareContext(ctx, `INSERT INTO notes (text) VALUES (?)`) // want revleak
	if err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := insert.ExecContext(ctx, line); err != nil {
			return err
		}
	}
	return nil
}
