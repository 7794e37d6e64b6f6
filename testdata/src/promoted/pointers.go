package promoted

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/rows"
)

var errNone = errors.New("promoted: nothing there")

// named are rows with names, which are closed as the rows are that they embed.
type named struct {
	*rows.Rows
	Names []string
}

//revlint:acquire n if err == nil
func query(q string) (n *named, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return &named{Rows: r}, nil
}

func okDeferred(q string) (n int, err error) {
	r, err := query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return len(r.Names), nil
}

func okRead(q string) (n int, err error) {
	r, err := query(q)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		n++
	}
	return n, nil
}

func okBoth(q string) (n int, err error) {
	r, err := query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for r.Next() {
		if r.N == 0 {
			return 0, errNone
		}
		n++
	}
	return n, nil
}

func badRead(q string) (n int, err error) {
	r, err := query(q) // want revleak
	if err != nil {
		return 0, err
	}
	for r.Next() {
		if r.N == 0 {
			return 0, errNone
		}
		n++
	}
	return n, nil
}

func badAfter(q string) (int, error) {
	r, err := query(q)
	if err != nil {
		return 0, err
	}
	r.Close()
	return len(r.Names), nil // want revuse
}
