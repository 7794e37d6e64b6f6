package everyday

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
)

// Who starts a goroutine with what nobody else has, has left it open where that returns without a release.

func badAccepts(ln net.Listener) error {
	for {
		c, err := ln.Accept() // want revleak
		if err != nil {
			return err
		}
		go badAnswer(c)
	}
}

func badAnswer(c net.Conn) {
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		return
	}
	fmt.Fprintln(c, strings.ToUpper(line))
	c.Close()
}

func badAcceptsByLiteral(ln net.Listener) error {
	for {
		c, err := ln.Accept() // want revleak
		if err != nil {
			return err
		}
		go func() {
			line, err := bufio.NewReader(c).ReadString('\n')
			if err != nil {
				return
			}
			fmt.Fprintln(c, strings.ToUpper(line))
			c.Close()
		}()
	}
}

func badAcceptsByArgument(ln net.Listener) error {
	for {
		c, err := ln.Accept() // want revleak
		if err != nil {
			return err
		}
		go func(c net.Conn) {
			var b [1]byte
			c.Read(b[:])
		}(c)
	}
}

type talk struct {
	c net.Conn
	r *bufio.Reader
}

func (t *talk) badServe() {
	if _, err := t.r.ReadByte(); err != nil {
		return
	}
	t.c.Close()
}

func (t *talk) serve() {
	defer t.c.Close()
	t.r.ReadByte()
}

// What becomes of a part of what the goroutine is given, its holder may know.
func badTalks(ln net.Listener) error {
	c, err := ln.Accept() // missed: revleak
	if err != nil {
		return err
	}
	t := &talk{c, bufio.NewReader(c)}
	go t.badServe()
	return nil
}

func badStreams(ctx context.Context, db *sql.DB, names chan<- string) error {
	rows, err := db.QueryContext(ctx, "select name from t") // want revleak
	if err != nil {
		return err
	}
	go func() {
		defer close(names)
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return
			}
			names <- name
		}
	}()
	return nil
}

func badBody(url string, to io.Writer) error {
	resp, err := http.Get(url) // want revleak
	if err != nil {
		return err
	}
	go func() {
		io.Copy(to, resp.Body)
	}()
	return nil
}

func okAccepts(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		t := &talk{c, bufio.NewReader(c)}
		go t.serve()
	}
}

func okStreams(ctx context.Context, db *sql.DB, names chan<- string) error {
	rows, err := db.QueryContext(ctx, "select name from t")
	if err != nil {
		return err
	}
	go func() {
		defer close(names)
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return
			}
			names <- name
		}
	}()
	return nil
}

// The function closes it itself, when the goroutine has seen the end.
func okClosedHere(addr string, to io.Writer) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	done := make(chan struct{})
	go func() {
		io.Copy(to, c)
		close(done)
	}()
	_, err = c.Write([]byte("hello"))
	<-done
	return err
}

// Another goroutine closes it, which is how this one is told.
func okClosedElsewhere(ctx context.Context, ln net.Listener) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	go func() {
		var b [1]byte
		c.Read(b[:])
	}()
	go func() {
		<-ctx.Done()
		c.Close()
	}()
	return nil
}

func okClosedAfter(ctx context.Context, ln net.Listener) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { c.Close() })
	go badAnswer(c)
	return nil
}

// Others know it, too.
type switchboard struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
	last  net.Conn
}

func (s *switchboard) okKept(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.conns[c] = true
		s.mu.Unlock()
		go badAnswer(c)
	}
}

func (s *switchboard) okLast(ln net.Listener) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	go badAnswer(c)
	s.last = c
	return nil
}

func okReturned(ln net.Listener) (net.Conn, error) {
	c, err := ln.Accept()
	if err != nil {
		return nil, err
	}
	go func() {
		var b [1]byte
		c.Read(b[:])
	}()
	return c, nil
}

func okReturnedTalk(ln net.Listener) (*talk, error) {
	c, err := ln.Accept()
	if err != nil {
		return nil, err
	}
	t := &talk{c, bufio.NewReader(c)}
	go t.badServe()
	return t, nil
}

// The goroutine hands it on.
func okHandedOn(ln net.Listener, conns chan<- net.Conn) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	go func() {
		var b [1]byte
		if _, err := c.Read(b[:]); err != nil {
			c.Close()
			return
		}
		conns <- c
	}()
	return nil
}

func okEndless(name string, lines <-chan string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	go func() {
		for {
			f.WriteString(<-lines)
		}
	}()
	return nil
}

// What gives out what comes in ends its goroutine when it is closed, and may be there for good.
func okListens(addr string, conns chan<- net.Conn) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			conns <- c
		}
	}()
	return nil
}

type folder struct{ Events chan string }

//revlint:acquire w if err == nil
func openFolder(dir string) (w *folder, err error) { return &folder{make(chan string)}, nil }

//revlint:release w
func (w *folder) Close() { close(w.Events) }

func okWatches(dir string) error {
	w, err := openFolder(dir)
	if err != nil {
		return err
	}
	go func() {
		for e := range w.Events {
			fmt.Println(e)
		}
	}()
	return nil
}

// What a goroutine that is not known does with it is not known.
func okUnknown(ln net.Listener, serve func(net.Conn)) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	go serve(c)
	return nil
}

func okServedApart(addr string, h http.Handler) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	s := &http.Server{Handler: h}
	go s.Serve(ln)
	return nil
}

func okCancelled(ctx context.Context, work func(context.Context) error) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		if err := work(ctx); err != nil {
			return
		}
		cancel()
	}()
}

// The goroutine gets at it by way of a function literal that it shares.

func badByWayOfLiteral(url string, to io.Writer, stop <-chan bool) error {
	resp, err := http.Get(url) // want revleak
	if err != nil {
		return err
	}
	copyAll := func() { io.Copy(to, resp.Body) }
	go func() {
		<-stop
		copyAll()
	}()
	return nil
}

func okByWayOfLiteral(url string, to io.Writer, stop <-chan bool) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	finish := func() { resp.Body.Close() }
	go func() {
		defer finish()
		<-stop
		io.Copy(to, resp.Body)
	}()
	return nil
}

func okLiteralGivenToOthers(url string, to io.Writer, stop <-chan bool, later func(func())) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	finish := func() { resp.Body.Close() }
	copyAll := func() { io.Copy(to, resp.Body) }
	go func() {
		<-stop
		copyAll()
	}()
	later(finish)
	return nil
}

// Which of two literals it is, decides who closes.
func okOneOfTwoLiterals(url string, to io.Writer, stop <-chan bool, whole bool) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	end := func() { resp.Body.Close() }
	if whole {
		end = func() {
			io.Copy(to, resp.Body)
			resp.Body.Close()
		}
	}
	go func() {
		<-stop
		end()
	}()
	return nil
}
