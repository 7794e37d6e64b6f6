// Package exhausted has debts that end with a result: rows are closed where Next
// says that there are no more.
package exhausted

import "github.com/revlint/revlint/testdata/src/lib/rows"

func all(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		sum += r.N
	}
	return sum, r.Err()
}

func early(q string) (sum int, err error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return 0, err
	}
	for r.Next() {
		var n int
		if err := r.Scan(&n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, r.Err()
}

func broken(q string) (sum int, err error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return 0, err
	}
	for r.Next() {
		if r.N < 0 {
			break
		}
		sum += r.N
	}
	return sum, nil
}

func brokenAndClosed(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		if r.N < 0 {
			break
		}
		sum += r.N
	}
	if err := r.Close(); err != nil {
		return 0, err
	}
	return sum, r.Err()
}

func first(q string) (n int, err error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return 0, err
	}
	if r.Next() {
		err = r.Scan(&n)
	}
	return n, err
}

func none(q string) (bool, error) {
	r, err := rows.Query(q)
	if err != nil {
		return false, err
	}
	if !r.Next() {
		return true, r.Err()
	}
	return false, r.Close()
}

func after(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		n++
	}
	return n + r.N, r.Err() // want revuse
}

func deferred(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for r.Next() {
		n++
	}
	return n, r.Err()
}

// collect closes the rows by reading them all.
func collect(r *rows.Rows) (all []int, err error) {
	for r.Next() {
		all = append(all, r.N)
	}
	return all, r.Err()
}

func collected(q string) ([]int, error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return collect(r)
}

// take closes the rows unless it has found what it looks for.
func take(r *rows.Rows, n int) bool {
	for r.Next() {
		if r.N == n {
			return true
		}
	}
	return false
}

func taken(q string) (bool, error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return false, err
	}
	return take(r, 1), nil
}

func takenAndClosed(q string) (bool, error) {
	r, err := rows.Query(q)
	if err != nil {
		return false, err
	}
	found := take(r, 1)
	r.Close()
	return found, nil
}

type cursor struct{ r *rows.Rows }

func (c *cursor) next() bool { return c.r.Next() }

func open(q string) (*cursor, error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return &cursor{r}, nil
}

func countAll(q string) (n int, err error) {
	c, err := open(q)
	if err != nil {
		return 0, err
	}
	for c.next() {
		n++
	}
	return n, nil
}

func countSome(q string) (n int, err error) {
	c, err := open(q) // want revleak
	if err != nil {
		return 0, err
	}
	for n < 10 && c.next() {
		n++
	}
	return n, nil
}

// A Log has nothing that ends it: nobody else owes what is in it.
type Log struct{ r *rows.Rows }

// OpenLog begins a log.
func OpenLog(q string) (*Log, error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return &Log{r}, nil
}

// N is where the log is.
func (l *Log) N() int { return l.r.N }

func logged(q string) (int, error) {
	l, err := OpenLog(q)
	if err != nil {
		return 0, err
	}
	return l.N(), nil
}

// A Tape can be stopped.
type Tape struct{ r *rows.Rows }

// OpenTape begins a tape.
func OpenTape(q string) (*Tape, error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return &Tape{r}, nil
}

// Stop ends t.
func (t *Tape) Stop() { t.r.Close() }

func taped(q string, wait bool) (err error) {
	t, err := OpenTape(q) // want revleak
	if err != nil {
		return err
	}
	if wait {
		return nil
	}
	t.Stop()
	return nil
}
