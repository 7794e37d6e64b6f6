package retryloops

import (
	"time"

	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// What is asked before a loop and again behind it makes more paths than are told apart. Those on
// which nothing is open are merged before others are.
func badAmongManyPaths(p *wire.Pool, texts [][]byte, a, b, c, d, e, f bool) (n int) {
	if a {
		n++
	}
	if b {
		n += 2
	}
	if c {
		n += 3
	}
	if d {
		n += 4
	}
	if e {
		n += 5
	}
	if f {
		n += 6
	}
	for _, text := range texts {
		for {
			conn, err := p.Take() // want revleak
			if err != nil {
				time.Sleep(time.Second)
				continue
			}
			if conn.Send(text) == nil {
				break
			}
		}
	}
	if a {
		n *= 2
	}
	if b {
		n *= 3
	}
	if c {
		n *= 4
	}
	if d {
		n *= 5
	}
	if e {
		n *= 6
	}
	if f {
		n *= 7
	}
	return n
}

func okAmongManyPaths(p *wire.Pool, texts [][]byte, a, b, c, d, e, f bool) (n int) {
	if a {
		n++
	}
	if b {
		n += 2
	}
	if c {
		n += 3
	}
	if d {
		n += 4
	}
	if e {
		n += 5
	}
	if f {
		n += 6
	}
	for _, text := range texts {
		for {
			conn, err := p.Take()
			if err != nil {
				time.Sleep(time.Second)
				continue
			}
			err = conn.Send(text)
			p.Put(conn)
			if err == nil {
				break
			}
		}
	}
	if a {
		n *= 2
	}
	if b {
		n *= 3
	}
	if c {
		n *= 4
	}
	if d {
		n *= 5
	}
	if e {
		n *= 6
	}
	if f {
		n *= 7
	}
	return n
}

// Held, where the first flag says so, until behind the loop.
func okHeldAmongManyPaths(p *wire.Pool, texts [][]byte, a, b, c, d, e, f bool) (n int) {
	var held *wire.Conn
	if a {
		var err error
		if held, err = p.Take(); err != nil {
			return 0
		}
	}
	if b {
		n += 2
	}
	if c {
		n += 3
	}
	if d {
		n += 4
	}
	if e {
		n += 5
	}
	if f {
		n += 6
	}
	for _, text := range texts {
		n += len(text)
	}
	if b {
		n *= 3
	}
	if c {
		n *= 4
	}
	if d {
		n *= 5
	}
	if e {
		n *= 6
	}
	if f {
		n *= 7
	}
	if a {
		p.Put(held)
	}
	return n
}
