package main

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revlint/revlint/examples/internal/planted"
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/revsql"
)

func do(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, _ := http.NewRequest(method, url, strings.NewReader(body))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(b)
}

// A kept is a store and what is left in it.
type kept struct {
	*store
	left    func(t *testing.T) []string // the names of tenants who have a database
	endless string                      // a query that takes as long as it is let
}

// onEach runs a test with each store there is.
func onEach(t *testing.T, test func(t *testing.T, k *kept)) {
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		test(t, &kept{sqliteIn(dir), func(t *testing.T) (names []string) {
			files, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				names = append(names, strings.TrimSuffix(f.Name(), ".db"))
			}
			return names
		}, `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c WHERE x < 0`})
	})
	t.Run("postgres", func(t *testing.T) {
		url := os.Getenv("TENANTS_POSTGRES")
		if url == "" {
			t.Skip("TENANTS_POSTGRES is not set: to test with PostgreSQL, make it the URL of an empty database, as postgres://me@localhost/mine")
		}
		s, err := postgresAt(url)
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("pgx", url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		left := func(t *testing.T) (names []string) {
			rows, err := db.Query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenant\_%'`)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var name string
				if err := rows.Scan(&name); err != nil {
					t.Fatal(err)
				}
				names = append(names, strings.TrimPrefix(name, "tenant_"))
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
			return names
		}
		if names := left(t); len(names) > 0 {
			t.Fatalf("the database is not empty: it has schemas of the tenants %v", names)
		}
		test(t, &kept{s, left, `SELECT count(*) FROM generate_series(1, 1000000000000)`})
	})
}

func TestNotes(t *testing.T) { onEach(t, testNotes) }

func testNotes(t *testing.T, k *kept) {
	ts := &tenants{store: k.store}
	s := httptest.NewServer(ts.routes())
	defer s.Close()
	ann, bob := s.URL+"/tenants/ann", s.URL+"/tenants/bob"
	for _, note := range []string{"buy milk", "call mum"} {
		if code, body := do(t, "POST", ann+"/notes", note); code != http.StatusNoContent {
			t.Fatalf("POST: %d %s", code, body)
		}
	}
	do(t, "POST", bob+"/notes", "tidy up")
	if code, body := do(t, "GET", ann+"/notes", ""); code != 200 || body != "buy milk\ncall mum\n" {
		t.Errorf("GET: %d %q", code, body)
	}
	if code, body := do(t, "DELETE", ann, ""); code != http.StatusNoContent {
		t.Errorf("DELETE: %d %s", code, body)
	}
	if left := k.left(t); !slices.Equal(left, []string{"bob"}) {
		t.Errorf("databases of %v are left", left)
	}
	if code, body := do(t, "GET", bob+"/notes", ""); code != 200 || body != "tidy up\n" {
		t.Errorf("another tenant: %d %q", code, body)
	}
	if code, _ := do(t, "DELETE", ann, ""); code != http.StatusNotFound {
		t.Errorf("DELETE once more: %d", code)
	}
	if code, _ := do(t, "GET", s.URL+"/tenants/A1/notes", ""); code != http.StatusBadRequest {
		t.Errorf("no name: %d", code)
	}
	if code, _ := do(t, "DELETE", bob, ""); code != http.StatusNoContent {
		t.Errorf("DELETE: %d", code)
	}
}

// TestEvictionWakesQueries: a query that would run for ever ends at once, with ErrRevoked, and is not tried again.
func TestEvictionWakesQueries(t *testing.T) { onEach(t, testEvictionWakesQueries) }

func testEvictionWakesQueries(t *testing.T, k *kept) {
	ts := &tenants{store: k.store}
	h, err := ts.get(t.Context(), "ann")
	if err != nil {
		t.Fatal(err)
	}
	running := make(chan struct{})
	ended := make(chan error)
	go func() {
		ended <- h.With(func(t *tenant) error {
			close(running)
			var n int
			return t.db.QueryRow(k.endless).Scan(&n)
		})
	}()
	<-running
	time.Sleep(100 * time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := ts.evict(ctx, "ann"); err != nil {
		t.Errorf("evict: %v", err)
	}
	if err := <-ended; !errors.Is(err, revocable.ErrRevoked) {
		t.Errorf("the query ends with %v", err)
	}
	if left := k.left(t); len(left) > 0 {
		t.Errorf("databases of %v are left", left)
	}
}

// TestEvictedUnderLoad: clients write and read while tenants are evicted, over and over.
func TestEvictedUnderLoad(t *testing.T) { onEach(t, testEvictedUnderLoad) }

func testEvictedUnderLoad(t *testing.T, k *kept) {
	ts := &tenants{store: k.store}
	s := httptest.NewServer(ts.routes())
	defer s.Close()
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for range 3 {
		clients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, method := range []string{"POST", "GET"} {
					switch code, body := do(t, method, s.URL+"/tenants/ann/notes", "x"); code {
					case 200, http.StatusNoContent, http.StatusGone, http.StatusNotFound:
					default:
						t.Errorf("%s: %d %s", method, code, body)
					}
				}
			}
		})
	}
	for range 20 {
		time.Sleep(10 * time.Millisecond)
		if code, body := do(t, "DELETE", s.URL+"/tenants/ann", ""); code != http.StatusNoContent && code != http.StatusNotFound {
			t.Errorf("DELETE: %d %s", code, body)
		}
	}
	close(stop)
	clients.Wait()
	do(t, "DELETE", s.URL+"/tenants/ann", "")
	if left := k.left(t); len(left) > 0 {
		t.Errorf("databases of %v are left", left)
	}
}

// TestRevokedAtEveryStep is revsql with a real database: revoked before the k-th step of a script, for each k, every step is
// as with the bare database or ErrRevoked.
func TestRevokedAtEveryStep(t *testing.T) { onEach(t, testRevokedAtEveryStep) }

func testRevokedAtEveryStep(t *testing.T, kept *kept) {
	ctx := t.Context()
	steps := func(db *sql.DB) []func() (any, error) {
		var tx *sql.Tx
		var s *sql.Stmt
		exec := func(q string) func() (any, error) {
			return func() (any, error) { _, err := db.ExecContext(ctx, q); return nil, err }
		}
		return []func() (any, error){
			exec(`CREATE TABLE t (n INTEGER)`),
			exec(`INSERT INTO t VALUES (1), (2), (3)`),
			func() (any, error) { return nil, db.PingContext(ctx) },
			func() (n any, err error) {
				err = db.QueryRowContext(ctx, `SELECT sum(n) FROM t`).Scan(&n)
				return n, err
			},
			func() (_ any, err error) { s, err = db.PrepareContext(ctx, `SELECT max(n) FROM t`); return nil, err },
			func() (n any, err error) {
				if s == nil {
					return nil, &revio.OpError{Op: "prepare", Err: revocable.ErrRevoked}
				}
				defer s.Close()
				err = s.QueryRowContext(ctx).Scan(&n)
				return n, err
			},
			func() (_ any, err error) { tx, err = db.BeginTx(ctx, nil); return nil, err },
			func() (any, error) {
				if tx == nil {
					return nil, &revio.OpError{Op: "begin", Err: revocable.ErrRevoked}
				}
				_, err := tx.ExecContext(ctx, `DELETE FROM t`)
				return nil, errors.Join(err, tx.Rollback())
			},
			func() (n any, err error) {
				err = db.QueryRowContext(ctx, `SELECT count(*) FROM t`).Scan(&n)
				return n, err
			},
			exec(`syntax error`),
		}
	}
	type result struct {
		value any
		err   string
	}
	play := func(k int) (results []result, revoked []bool) {
		bare, err := kept.connector("ann")
		if err != nil {
			t.Fatal(err)
		}
		c, owner := revsql.Connector(bare)
		db := sql.OpenDB(c)
		for i, step := range steps(db) {
			if i == k {
				owner.Revoke()
			}
			v, err := step()
			r := result{value: v}
			if err != nil {
				r.err = err.Error()
			}
			results, revoked = append(results, r), append(revoked, errors.Is(err, revocable.ErrRevoked))
		}
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		if err := kept.remove("ann"); err != nil && k != 0 { // revoked before it made anything
			t.Errorf("remove: %v", err)
		}
		return results, revoked
	}
	bare, _ := play(-1)
	if n := len(bare); bare[n-1].err == "" || bare[n-2].value != int64(3) {
		t.Fatalf("the bare database gives %v", bare)
	}
	for k := range bare {
		got, revoked := play(k)
		for i := range got {
			if i >= k && !revoked[i] || i < k && got[i] != bare[i] {
				t.Errorf("revoked before step %d, step %d gives %v", k, i, got[i])
			}
		}
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/tenants.md")
}
