package everyday

import (
	"database/sql"
	"fmt"
	"io"
	"net"
)

// What is scanned into is another thing afterwards.

func badFoundEarly(db *sql.DB) (int, error) {
	rows, err := db.Query("select id from people") // want revleak
	if err != nil {
		return 0, err
	}
	var id int
	for rows.Next() {
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return 0, err
		}
		if id > 0 {
			return id, nil
		}
	}
	return 0, rows.Err()
}

type person struct {
	id   int
	name *string
}

func badNameless(db *sql.DB) (p person, err error) {
	rows, err := db.Query("select id from people") // want revleak
	if err != nil {
		return p, err
	}
	if err := db.QueryRow("select id, name from people").Scan(&p.id, &p.name); err != nil {
		rows.Close()
		return p, err
	}
	if p.name != nil {
		return p, nil
	}
	return p, rows.Close()
}

func scanInto(rows *sql.Rows, dest ...any) error { return rows.Scan(dest...) }

func badByAnother(db *sql.DB) (ok bool, err error) {
	rows, err := db.Query("select id from people") // want revleak
	if err != nil {
		return ok, err
	}
	if !rows.Next() {
		return ok, rows.Err()
	}
	if err := scanInto(rows, &ok); err != nil {
		rows.Close()
		return ok, err
	}
	if ok {
		return ok, nil
	}
	return ok, rows.Close()
}

func badScannedText(db *sql.DB, text string) (n int, err error) {
	rows, err := db.Query("select id from people") // want revleak
	if err != nil {
		return n, err
	}
	fmt.Sscan(text, &n)
	if n > 0 {
		return n, nil
	}
	return n, rows.Close()
}

func okAll(db *sql.DB) (ids []int, err error) {
	rows, err := db.Query("select id from people")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p person
		if err := rows.Scan(&p.id, &p.name); err != nil {
			return nil, err
		}
		if p.name != nil {
			ids = append(ids, p.id)
		}
	}
	return ids, rows.Err()
}

func exchange(a, b net.Conn) {
	io.Copy(a, b)
	io.Copy(b, a)
}

// What is no any is not scanned into.
func badExchanged(conn net.Conn, addr string) {
	other, err := net.Dial("tcp", addr) // want revleak
	if err != nil {
		return
	}
	exchange(conn, other)
}
