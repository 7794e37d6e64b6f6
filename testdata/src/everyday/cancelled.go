package everyday

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

// What was asked for with a context ends when that is cancelled: the body of a response, rows, a transaction. The
// context itself may be asked and passed on.

func badCancelledReturned(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want revescape
}

func badCancelledBody(ctx context.Context, u string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequest("GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return resp.Body, nil // want revescape
}

func badCancelledFirst(ctx context.Context, c *http.Client, u string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := c.Do(req)
	cancel()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // want revuse
}

type doer interface {
	Do(req *http.Request) (*http.Response, error)
}

func badCancelledByInterface(d doer, u string) (string, error) {
	resp, err := asked(d, u)
	if err != nil {
		return "", err
	}
	return decodedName(resp)
}

func asked(d doer, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := d.Do(req)
	if err != nil {
		if ctx.Err() == context.DeadlineExceeded {
			return nil, errors.New("too late")
		}
		return nil, err
	}
	return resp, nil // want revescape
}

func decodedName(resp *http.Response) (string, error) {
	defer resp.Body.Close()
	var v struct{ Name string }
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		return "", err
	}
	return v.Name, nil
}

func badCancelledPerhaps(ctx context.Context, u string, limit time.Duration) (*http.Response, error) {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want revescape
}

func badCancelledOfAnother(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(context.WithValue(ctx, key{}, "x"), "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	return resp, nil // want revescape
}

type key struct{}

func badCancelledRows(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return db.QueryContext(ctx, "SELECT 1") // want revescape
}

func badCancelledTx(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return tx, nil // want revescape
}

type limitedDB struct {
	db    *sql.DB
	limit time.Duration
}

func (d *limitedDB) context(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, d.limit)
}

func (d *limitedDB) badCancelledOfHelper(ctx context.Context) (*sql.Rows, error) {
	ctx, cancel := d.context(ctx)
	defer cancel()
	return d.db.QueryContext(ctx, "SELECT 1") // want revescape
}

func badClosedInside(u string) ([]byte, error) {
	resp, err := closedInside(u)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body) // want revuse
}

func goodClosedInside(u string) (int, error) {
	resp, err := closedInside(u)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// closedInside answers with a response of which the rest may be what is wanted.
func closedInside(u string) (*http.Response, error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, nil
}

func goodCancelledAfter(ctx context.Context, u string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func goodCancelledReplaced(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return resp, nil
}

func goodCancelledByCaller(ctx context.Context, u string) (*http.Response, context.CancelFunc, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return resp, cancel, nil
}

type cancelling struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c *cancelling) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}

func goodCancelledWithBody(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &cancelling{resp.Body, cancel}
	return resp, nil
}

func goodCancelledUnlessReturned(ctx context.Context, u string) (_ *http.Response, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body = &cancelling{resp.Body, cancel}
	return resp, nil
}

// The request's own context, not the other one.
func goodCancelledAnother(ctx context.Context, u string) (*http.Response, error) {
	wait, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	<-wait.Done()
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func goodCancelledDetached(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func goodCancelledRounds(ctx context.Context, urls []string) (all [][]byte, err error) {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
		if err != nil {
			cancel()
			return nil, err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			cancel()
			continue
		}
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		cancel()
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// The status is there whatever becomes of the body, which is closed late.
func goodCancelledStatus(ctx context.Context, u string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	req, err := http.NewRequestWithContext(ctx, "HEAD", u, nil)
	if err != nil {
		cancel()
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	cancel()
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return resp.StatusCode, nil
}

func goodCancelledRollback(ctx context.Context, db *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		cancel()
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE x"); err != nil {
		cancel()
		tx.Rollback()
		return err
	}
	err = tx.Commit()
	cancel()
	return err
}

func goodCancelledRowsRead(ctx context.Context, db *sql.DB) (names []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	rows, err := db.QueryContext(ctx, "SELECT 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// A timer may cancel: whether it has, nobody knows.
func goodCancelledByTimer(ctx context.Context, u string) (*http.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(time.Minute, cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func badCancelledThrough(u string) ([]byte, error) {
	ctx, cancel := context.WithCancel(context.Background())
	resp, err := namedAsk(ctx, u)
	cancel()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body) // want revuse
}

// namedAsk asks with a context of its own, made of its caller's.
func namedAsk(ctx context.Context, u string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(context.WithValue(ctx, key{}, "x"), "GET", u, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}
