package deferinloop

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// Contexts with a deadline, responses, statements, transactions and connections: what a goroutine has, a channel, a list
// or something that was made of it, may be needed until the end.

type client struct{ ctxs []context.Context }

func (c *client) watch(ctx context.Context, topic string) (<-chan string, error) {
	ch := make(chan string)
	go func() {
		defer close(ch)
		<-ctx.Done()
	}()
	return ch, nil
}

func (c *client) keep(ctx context.Context) { c.ctxs = append(c.ctxs, ctx) }

type watcher interface {
	Watch(ctx context.Context, t string) (<-chan string, error)
}

func okWatch(c *client, topics []string) {
	var chans []<-chan string
	for _, t := range topics {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		ch, err := c.watch(ctx, t)
		if err != nil {
			return
		}
		chans = append(chans, ch)
	}
	for _, ch := range chans {
		<-ch
	}
}

func okWatcher(c watcher, topics []string) {
	var chans []<-chan string
	for _, t := range topics {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		ch, err := c.Watch(ctx, t)
		if err != nil {
			return
		}
		chans = append(chans, ch)
	}
	for _, ch := range chans {
		<-ch
	}
}

func okKeep(c *client, topics []string, done chan bool) {
	for range topics {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		c.keep(ctx)
	}
	<-done
}

func okContextGo(topics []string, f func(ctx context.Context, t string)) {
	var wg sync.WaitGroup
	for _, t := range topics {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(ctx, t)
		}()
	}
	wg.Wait()
}

func okWgGo(topics []string, f func(ctx context.Context, t string)) {
	var wg sync.WaitGroup
	for _, t := range topics {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		wg.Go(func() { f(ctx, t) })
	}
	wg.Wait()
}

func okContextChain(n int, f func(ctx context.Context)) {
	ctx := context.Background()
	for range n {
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, time.Minute)
		defer cancel()
	}
	f(ctx)
}

func okResponses(c *http.Client, urls []string) []io.Reader {
	var rs []io.Reader
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, "GET", u, nil)
		if err != nil {
			return nil
		}
		resp, err := c.Do(req)
		if err != nil {
			return nil
		}
		defer resp.Body.Close()
		rs = append(rs, resp.Body)
	}
	io.Copy(io.Discard, io.MultiReader(rs...))
	return nil
}

func okAllRows(db *sql.DB, qs []string) {
	var all []*sql.Rows
	for _, q := range qs {
		rows, err := db.Query(q)
		if err != nil {
			return
		}
		defer rows.Close()
		all = append(all, rows)
	}
	for _, r := range all {
		r.Next()
	}
}

func okStmts(db *sql.DB, qs []string) {
	m := map[string]*sql.Stmt{}
	for _, q := range qs {
		s, err := db.Prepare(q)
		if err != nil {
			return
		}
		defer s.Close()
		m[q] = s
	}
	for _, s := range m {
		s.Exec()
	}
}

type dbs struct{ a, b *sql.Stmt }

func okField(db *sql.DB, qs []string) {
	var d dbs
	for _, q := range qs {
		s, err := db.Prepare(q)
		if err != nil {
			return
		}
		defer s.Close()
		if q == "a" {
			d.a = s
		} else {
			d.b = s
		}
	}
	d.a.Exec()
}

func okConnGo(addrs []string) {
	done := make(chan bool)
	for _, a := range addrs {
		c, err := net.Dial("tcp", a)
		if err != nil {
			return
		}
		defer c.Close()
		go serve(c, done)
	}
	<-done
}

func serve(c net.Conn, done chan bool) { io.Copy(io.Discard, c); done <- true }

type pool struct {
	mu sync.Mutex
	cs []net.Conn
}

func (p *pool) put(c net.Conn) { p.mu.Lock(); p.cs = append(p.cs, c); p.mu.Unlock() }

func okPool(p *pool, addrs []string) {
	for _, a := range addrs {
		c, err := net.Dial("tcp", a)
		if err != nil {
			return
		}
		defer c.Close()
		p.put(c)
	}
	p.run()
}

func (p *pool) run() {}

type handler struct{ c net.Conn }

func (h *handler) start() { go io.Copy(io.Discard, h.c) }

func okHandler(addrs []string) {
	for _, a := range addrs {
		c, err := net.Dial("tcp", a)
		if err != nil {
			return
		}
		defer c.Close()
		h := &handler{c}
		h.start()
	}
	select {}
}

func okSend(addrs []string, ch chan net.Conn) {
	for _, a := range addrs {
		c, err := net.Dial("tcp", a)
		if err != nil {
			return
		}
		defer c.Close()
		ch <- c
	}
	<-ch
}

func okTx(db *sql.DB, qs []string) error {
	for _, q := range qs {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.Exec(q); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func badTx(db *sql.DB, qs []string) error {
	for _, q := range qs {
		tx, err := db.Begin() // want revleak
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.Exec(q); err != nil {
			continue
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func badGet(urls []string) (n int) {
	for _, u := range urls {
		resp, err := http.Get(u) // want revleak
		if err != nil {
			continue
		}
		defer resp.Body.Close()
		if resp.StatusCode == 200 {
			n++
		}
	}
	return n
}

func badStmt(db *sql.DB, names []string) error {
	for _, n := range names {
		stmt, err := db.Prepare("insert") // want revleak
		if err != nil {
			return err
		}
		defer stmt.Close()
		if _, err := stmt.Exec(n); err != nil {
			return err
		}
	}
	return nil
}

func badCtx(urls []string, ping func(ctx context.Context, u string) error) error {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want revleak
		defer cancel()
		if err := ping(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

func badAccept(l *net.TCPListener) error {
	for {
		c, err := l.Accept() // want revleak
		if err != nil {
			return err
		}
		defer c.Close()
		if _, err := io.Copy(c, c); err != nil {
			return err
		}
	}
}
func badDial(addrs []string) (up []string) {
	for _, a := range addrs {
		c, err := net.DialTimeout("tcp", a, time.Second) // want revleak
		if err != nil {
			continue
		}
		defer c.Close()
		up = append(up, a)
	}
	return up
}

type group interface {
	Go(f func() error)
	Wait() error
}

func okGroup(g group, urls []string, ping func(ctx context.Context, u string) error) error {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		g.Go(func() error { return ping(ctx, u) })
	}
	return g.Wait()
}

type job struct {
	ctx context.Context
	u   string
}

func okJobs(jobs chan job, done chan bool, urls []string) {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		jobs <- job{ctx, u}
	}
	<-done
}

func okJobPtr(jobs chan *job, done chan bool, urls []string) {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		j := &job{u: u}
		j.ctx = ctx
		jobs <- j
	}
	<-done
}

func (j *job) run() { go func() { <-j.ctx.Done() }() }

func okJobRun(done chan bool, urls []string) {
	for _, u := range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		j := &job{ctx, u}
		j.run()
	}
	<-done
}

func start(ctx context.Context) { go func() { <-ctx.Done() }() }

func okStart(done chan bool, urls []string) {
	for range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		start(ctx)
	}
	<-done
}

func okAfter(done chan bool, urls []string) {
	for range urls {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		context.AfterFunc(ctx, func() { println("over") })
	}
	<-done
}
