package exhausted

import "github.com/revlint/revlint/testdata/src/lib/rows"

// Whether Next has closed the rows is not asked: one who knows that there is a row need not. Where there is none,
// Scan says so.

func okOnly(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	r.Next()
	err = r.Scan(&n)
	return n, err
}

func scan(r *rows.Rows) (n int, err error) {
	err = r.Scan(&n)
	return n, err
}

func okOnlyByHelper(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	r.Next()
	return scan(r)
}

var assert = func(what bool) {}

func okAsserted(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	assert(r.Next())
	err = r.Scan(&n)
	return n, err
}

// It may be open, and nobody closes it.
func badOnly(q string) (n int, err error) {
	r, err := rows.Query(q) // want revleak
	if err != nil {
		return 0, err
	}
	r.Next()
	err = r.Scan(&n)
	return n, err
}

// Here it is known that there is none.
func badAsked(q string) (n int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	if !r.Next() {
		println("none")
	}
	err = r.Scan(&n) // want revuse
	return n, err
}

// What has ended may begin again, with another set.

func okSets(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	for {
		sum += r.N
		for r.Next() {
			sum += r.N
		}
		if !r.NextSet() {
			return sum, r.Err()
		}
	}
}

func okSetsByLiteral(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	read := func() {
		sum += r.N
		for r.Next() {
			sum += r.N
		}
	}
	read()
	for r.NextSet() {
		read()
	}
	return sum, r.Err()
}

func badSets(q string) (sum int, err error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	for r.Next() {
		sum += r.N
	}
	if !r.NextSet() {
		return sum + r.N, r.Err() // want revuse
	}
	return sum, r.Close()
}
