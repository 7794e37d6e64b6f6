package contracts

import (
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"net"
	"net/http"
)

// A doer is what programs ask for instead of an http.Client.
type doer interface {
	Do(req *http.Request) (*http.Response, error)
}

type api struct{ client doer }

// Decision 48: the body is owed, whoever does the request.
func (a *api) badStatus(req *http.Request) error {
	resp, err := a.client.Do(req) // want revleak
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return io.ErrUnexpectedEOF
	}
	return resp.Body.Close()
}

// Decision 48: closed.
func (a *api) okStatus(req *http.Request, into any) error {
	resp, err := a.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// Decision 48: the response is the caller's.
func (a *api) okHandedOn(req *http.Request) (*http.Response, error) {
	return a.client.Do(req)
}

// A retrier is more than an http.Client is, so that it may be anything; a response is one all the same.
type retrier interface {
	Do(req *http.Request) (*http.Response, error)
	Retries() int
}

// Decision 48: so it is here.
func badAnyClient(c retrier, req *http.Request) (int, error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// A fetcher has a method of that name, and gives something else.
type fetcher interface {
	Do(req *http.Request) (status int, err error)
	Get(url string) (*http.Response, error)
	Post(req *http.Request) (*http.Response, error)
}

// Decision 48: the name alone says nothing.
func okOther(f fetcher, req *http.Request) (int, error) { return f.Do(req) }

// Decision 48: another method of the client.
func badGet(f fetcher) error {
	_, err := f.Get("a") // want revleak
	return err
}

// Decision 48: nobody knows what a Post without a body does: http has none.
func okUnknown(f fetcher, req *http.Request) error {
	_, err := f.Post(req)
	return err
}

// A querier may be a database or a connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Close() error
}

// Decision 48: what has a Close is no transaction.
func badRows(ctx context.Context, q querier) (n int, err error) {
	rows, err := q.QueryContext(ctx, "select n from t") // want revleak
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return n, rows.Scan(&n)
}

// Decision 48: closed.
func okRows(ctx context.Context, q querier) (all []int, err error) {
	rows, err := q.QueryContext(ctx, "select n from t")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// A dbtx may be a transaction too, with which its rows end.
type dbtx interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Decision 48: who is given a database may not leave them.
func badRowsOfEither(ctx context.Context, q dbtx) (n int, err error) {
	rows, err := q.QueryContext(ctx, "select n from t") // want revleak
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return n, rows.Scan(&n)
}

// Decision 48: closed, whichever it is.
func okRowsOfEither(ctx context.Context, q dbtx) (n int, err error) {
	rows, err := q.QueryContext(ctx, "select n from t")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return n, rows.Scan(&n)
}

// A transaction can be nothing else.
type transaction interface {
	dbtx
	Commit() error
	Rollback() error
}

// Decision 48: so its rows end with it.
func okRowsOfTx(ctx context.Context, tx transaction) (n int, err error) {
	rows, err := tx.QueryContext(ctx, "select n from t")
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return n, rows.Scan(&n)
}

// Decision 48: a goroutine sends what it reads, until nobody wants more.
func badRowsInGoroutine(ctx context.Context, q dbtx) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		rows, err := q.QueryContext(ctx, "select n from t") // want revleak
		if err != nil {
			return
		}
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				rows.Close()
				return
			}
			select {
			case <-ctx.Done():
				return
			case out <- n:
			}
		}
	}()
	return out
}

// A dialer is not one of the package net.
type dialer interface {
	Dial(network, address string) (net.Conn, error)
}

// Decision 48: a method of an interface may be the namesake, too.
func badPing(d dialer) error {
	c, err := d.Dial("tcp", "localhost:1") // want revleak
	if err != nil {
		return err
	}
	_, err = c.Write([]byte("ping"))
	return err
}

type connected struct{ conn net.Conn }

// Decision 48: the connection is kept.
func (k *connected) okKept(d dialer) (err error) {
	k.conn, err = d.Dial("tcp", "localhost:1")
	return err
}

// A contextual client wants a context first, where an http.Client has none.
type contextual interface {
	Get(ctx context.Context, url string) (*http.Response, error)
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Fetch(ctx context.Context, url string) (*http.Response, error)
}

// Decision 48: it gives what its namesake without a context gives.
func badContextual(ctx context.Context, c contextual) (*http.Response, error) {
	r, err := c.Get(ctx, "http://localhost") // want revleak
	if err != nil {
		return nil, err
	}
	if r.TLS == nil {
		return nil, io.ErrUnexpectedEOF
	}
	return r, nil
}

// Decision 48: so it is with rows.
func badContextualRows(ctx context.Context, c contextual) (names []string, err error) {
	rows, err := c.Query(ctx, "SELECT name FROM users") // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Decision 48: closed.
func okContextual(ctx context.Context, c contextual) (*http.Response, error) {
	r, err := c.Get(ctx, "http://localhost")
	if err != nil {
		return nil, err
	}
	if r.TLS == nil {
		r.Body.Close()
		return nil, io.ErrUnexpectedEOF
	}
	return r, nil
}

// Decision 48: nothing that is called Fetch gives a response.
func okFetch(ctx context.Context, c contextual) int {
	r, err := c.Fetch(ctx, "http://localhost")
	if err != nil {
		return 0
	}
	return r.StatusCode
}
