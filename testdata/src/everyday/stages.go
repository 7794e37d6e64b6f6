package everyday

import (
	"errors"
	"net"
)

// A function of many stages, each of which can fail, has many ways out, on which it has looked at
// more and more of what it was given. What it hands out beside an error is owed all the same.

type stage struct{ n int }

var errStage = errors.New("stage")

func dialled(address string, a, b, c, d, e, f, g, h, i, j, k, l, m *stage) (conn net.Conn, err error) {
	conn, err = net.Dial("tcp", address)
	if err != nil {
		return
	}
	for x, s := range []int{a.n} {
		if s > x {
			return conn, errStage
		}
	}
	if b.n > 0 {
		return conn, errStage
	}
	if c.n > 0 {
		return conn, errStage
	}
	if d.n > 0 {
		return conn, errStage
	}
	if e.n > 0 {
		return conn, errStage
	}
	if f.n > 0 {
		return conn, errStage
	}
	if g.n > 0 {
		return conn, errStage
	}
	if h.n > 0 {
		return conn, errStage
	}
	if i.n > 0 {
		return conn, errStage
	}
	if j.n > 0 {
		return conn, errStage
	}
	if k.n > 0 {
		return conn, errStage
	}
	if l.n > 0 {
		return conn, errStage
	}
	if m.n > 0 {
		return conn, errStage
	}
	return conn, nil
}

func badStages(address string, s *stage) error {
	conn, err := dialled(address, s, s, s, s, s, s, s, s, s, s, s, s, s) // want revleak
	if err != nil {
		return err
	}
	return conn.Close()
}

func okStages(address string, s *stage) error {
	conn, err := dialled(address, s, s, s, s, s, s, s, s, s, s, s, s, s)
	if conn != nil {
		defer conn.Close()
	}
	return err
}
