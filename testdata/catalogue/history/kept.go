package history

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/mongo"
	"go.opentelemetry.io/otel/trace"
)

type neofsID []byte

func neofsNewID(b []byte) *neofsID { return (*neofsID)(&b) }

type neofsDB struct{ bolt *bbolt.DB }

type neofsResult struct{ id *neofsID }

// nspcc-dev/neofs-node#1010: the name that a transaction gives is kept after it.
func (db *neofsDB) isSmallBefore(addr []byte) (res *neofsResult, err error) {
	res = new(neofsResult)
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		res.id, err = db.sharedID(tx, addr)
		return err
	})
	return // want revescape
}

func (db *neofsDB) sharedID(tx *bbolt.Tx, addr []byte) (*neofsID, error) {
	b := tx.Bucket([]byte("small"))
	if b == nil {
		return nil, nil
	}
	v := b.Get(addr)
	if len(v) == 0 {
		return nil, nil
	}
	return neofsNewID(v), nil
}

func (db *neofsDB) isSmallAfter(addr []byte) (res *neofsResult, err error) {
	res = new(neofsResult)
	err = db.bolt.View(func(tx *bbolt.Tx) error {
		res.id, err = db.copiedID(tx, addr)
		return err
	})
	return
}

func (db *neofsDB) copiedID(tx *bbolt.Tx, addr []byte) (*neofsID, error) {
	b := tx.Bucket([]byte("small"))
	if b == nil {
		return nil, nil
	}
	v := b.Get(addr)
	if len(v) == 0 {
		return nil, nil
	}
	return neofsNewID(bytes.Clone(v)), nil
}

// theupdateframework/go-tuf#90: what is stored is handed out of its transaction.
func tufMetaBefore(db *bbolt.DB) (map[string]json.RawMessage, error) {
	meta := make(map[string]json.RawMessage)
	if err := db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("meta"))
		b.ForEach(func(k, v []byte) error {
			meta[string(k)] = v // want revescape
			return nil
		})
		return nil
	}); err != nil {
		return nil, err
	}
	return meta, nil
}

func tufMetaAfter(db *bbolt.DB) (map[string]json.RawMessage, error) {
	meta := make(map[string]json.RawMessage)
	if err := db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("meta"))
		b.ForEach(func(k, v []byte) error {
			c := make([]byte, len(v))
			copy(c, v)
			meta[string(k)] = c
			return nil
		})
		return nil
	}); err != nil {
		return nil, err
	}
	return meta, nil
}

type lndTx interface {
	ReadBucket(key []byte) lndBucket
}

type lndBucket interface {
	// Get returns a value that is good during the transaction.
	Get(key []byte) []byte
}

type lndBackend interface {
	View(f func(tx lndTx) error, reset func()) error
}

// lightningnetwork/lnd#6547: a state is read in a transaction, and used after it. The database is behind
// interfaces of its own.
func lndStateBefore(db lndBackend, key []byte) ([]byte, error) {
	var state []byte
	err := db.View(func(tx lndTx) error {
		b := tx.ReadBucket([]byte("state"))
		if b == nil {
			return errClosed
		}
		state = b.Get(key)
		if state == nil {
			return errClosed
		}
		return nil
	}, func() { state = nil })
	return state, err // missed: revescape
}

func lndStateAfter(db lndBackend, key []byte) ([]byte, error) {
	var state []byte
	err := db.View(func(tx lndTx) error {
		b := tx.ReadBucket([]byte("state"))
		if b == nil {
			return errClosed
		}
		v := b.Get(key)
		if v == nil {
			return errClosed
		}
		state = append(state, v...)
		return nil
	}, func() { state = nil })
	return state, err
}

// blinklabs-io/bluefin#47: values are collected, and used after the transaction.
func bluefinUtxosBefore(db *badger.DB, address string) ([][]byte, error) {
	ret := [][]byte{}
	prefix := []byte(fmt.Sprintf("utxo_%s_", address))
	err := db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.DefaultIteratorOptions)
		defer it.Close()
		for it.Seek(prefix); it.ValidForPrefix(prefix); it.Next() {
			item := it.Item()
			err := item.Value(func(v []byte) error {
				ret = append(ret, v) // want revescape
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ret, err
}

func bluefinUtxosAfter(db *badger.DB, address string) ([][]byte, error) {
	var ret [][]byte
	prefix := []byte(fmt.Sprintf("utxo_%s_", address))
	err := db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.DefaultIteratorOptions)
		defer it.Close()
		for it.Seek(prefix); it.ValidForPrefix(prefix); it.Next() {
			item := it.Item()
			err := item.Value(func(v []byte) error {
				ret = append(ret, append([]byte{}, v...))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ret, err
}

type fluxObject struct {
	source string
	bytes  []byte
	Kind   string
}

type fluxResource interface{ ID() string }

func (o *fluxObject) ID() string { return o.source + o.Kind }

func fluxUnmarshal(source string, b []byte) (fluxResource, error) {
	base := fluxObject{source: source, bytes: b}
	if err := json.Unmarshal(b, &base); err != nil {
		return nil, err
	}
	return fluxKind(base, b)
}

type fluxJob struct {
	fluxObject
	Schedule string
}

func fluxKind(base fluxObject, b []byte) (fluxResource, error) {
	switch base.Kind {
	case "Job":
		j := fluxJob{fluxObject: base}
		if err := json.Unmarshal(b, &j); err != nil {
			return nil, err
		}
		return &j, nil
	case "":
		return nil, nil
	}
	return &base, nil
}

// fluxcd/flux#886: each resource keeps the bytes of its document, and the next overwrites them. What is decoded
// into the object that keeps the bytes might replace them.
func fluxParseBefore(doc []byte, source string) (map[string]fluxResource, error) {
	objs := map[string]fluxResource{}
	chunks := bufio.NewScanner(bytes.NewReader(doc))
	var obj fluxResource
	var err error
	for chunks.Scan() {
		if obj, err = fluxUnmarshal(source, chunks.Bytes()); err != nil {
			return nil, err
		}
		if obj == nil {
			continue
		}
		objs[obj.ID()] = obj // missed: revescape
	}
	return objs, chunks.Err()
}

func fluxParseAfter(doc []byte, source string) (map[string]fluxResource, error) {
	objs := map[string]fluxResource{}
	chunks := bufio.NewScanner(bytes.NewReader(doc))
	var obj fluxResource
	var err error
	for chunks.Scan() {
		b := chunks.Bytes()
		c := make([]byte, len(b), cap(b))
		copy(c, b)
		if obj, err = fluxUnmarshal(source, c); err != nil {
			return nil, err
		}
		if obj == nil {
			continue
		}
		objs[obj.ID()] = obj
	}
	return objs, chunks.Err()
}

type gravwellEntry struct {
	when time.Time
	data []byte
}

func gravwellHandle(out chan<- *gravwellEntry, b []byte) error {
	e := gravwellEntry{when: time.Now(), data: b}
	select {
	case out <- &e:
		return nil
	case <-time.After(time.Second):
		return errClosed
	}
}

// gravwell/gravwell#949: entries go to whoever writes them, with the bytes of the scanner.
func gravwellLinesBefore(s *bufio.Scanner, out chan<- *gravwellEntry) {
	for s.Scan() {
		b := bytes.Trim(s.Bytes(), "\n\r\t ")
		if len(b) == 0 {
			continue
		}
		if err := gravwellHandle(out, b); err != nil { // want revescape
			return
		}
	}
}

func gravwellLinesAfter(s *bufio.Scanner, out chan<- *gravwellEntry) {
	for s.Scan() {
		b := bytes.TrimSpace(s.Bytes())
		if len(b) == 0 {
			continue
		}
		if err := gravwellHandle(out, bytes.Clone(b)); err != nil {
			return
		}
	}
}

type simdjsonParsed struct {
	Message []byte
	tape    []uint64
}

func (p *simdjsonParsed) parse(msg []byte) error {
	p.Message = msg
	if len(msg) == 0 {
		return errClosed
	}
	p.tape = append(p.tape, uint64(msg[0]))
	return nil
}

// minio/simdjson-go#4: a buffer is back in its pool while what was parsed of it is used. The buffer was taken
// outside the goroutine that gives it back.
func simdjsonBefore(pool *sync.Pool, fill func([]byte) int, res chan<- *simdjsonParsed) {
	tmp := pool.Get().([]byte)
	tmp = tmp[:fill(tmp)]
	trimmed := bytes.TrimSpace(tmp)
	if len(trimmed) > 0 {
		go func() {
			defer pool.Put(tmp)
			var pj simdjsonParsed
			if err := pj.parse(trimmed); err != nil {
				res <- nil
				return
			}
			parsed := pj
			res <- &parsed // missed: revescape
		}()
	} else {
		pool.Put(tmp)
	}
}

func simdjsonAfter(pool *sync.Pool, fill func([]byte) int, res chan<- *simdjsonParsed) {
	tmp := pool.Get().([]byte)
	tmp = tmp[:fill(tmp)]
	if len(tmp) > 0 {
		go func() {
			var pj simdjsonParsed
			if err := pj.parse(tmp); err != nil {
				res <- nil
				return
			}
			parsed := pj
			res <- &parsed
		}()
	} else {
		pool.Put(tmp)
	}
}

var natsBlocks = sync.Pool{New: func() any { b := make([]byte, 0, 1<<20); return &b }}

func natsRecycle(buf []byte) {
	if buf == nil || cap(buf) < 1024 {
		return
	}
	buf = buf[:0]
	natsBlocks.Put(&buf)
}

type natsCache struct{ buf []byte }

// nats-io/nats-server 601b04e2: what is left of a buffer is copied from it after it went back to its pool. What
// recycles gives back large buffers alone, so it may not have happened.
func (c *natsCache) flushBefore(more int) {
	var buf []byte
	if cap(c.buf) <= 4096 {
		buf = c.buf[:0]
	} else {
		natsRecycle(c.buf)
		buf = nil
	}
	if more > 0 {
		nbuf := c.buf[len(c.buf)-more:] // missed: revuse
		buf = append(buf, nbuf...)
	}
	c.buf = buf
}

func (c *natsCache) flushAfter(more int) {
	var buf []byte
	if cap(c.buf) <= 4096 {
		buf = c.buf[:0]
	} else if more == 0 {
		natsRecycle(c.buf)
		buf = nil
	} else {
		nbuf := c.buf[len(c.buf)-more:]
		buf = append(buf, nbuf...)
	}
	c.buf = buf
}

type victoriaBuffer struct{ B []byte }

var victoriaBuffers sync.Pool

// VictoriaMetrics/VictoriaMetrics 7ba71f7f: a buffer goes back while a request that failed still reads it. That
// a request which failed may still be read is in no contract.
func victoriaFlushBefore(c *http.Client, url string, rows []byte) error {
	zb, _ := victoriaBuffers.Get().(*victoriaBuffer)
	if zb == nil {
		zb = &victoriaBuffer{}
	}
	defer victoriaBuffers.Put(zb)
	zb.B = append(zb.B[:0], rows...)
	resp, err := c.Post(url, "application/octet-stream", bytes.NewReader(zb.B)) // missed: revescape
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func victoriaFlushAfter(c *http.Client, url string, rows []byte) error {
	zb, _ := victoriaBuffers.Get().(*victoriaBuffer)
	if zb == nil {
		zb = &victoriaBuffer{}
	}
	failed := false
	defer func() {
		if !failed {
			victoriaBuffers.Put(zb)
		}
	}()
	zb.B = append(zb.B[:0], rows...)
	resp, err := c.Post(url, "application/octet-stream", bytes.NewReader(zb.B))
	if err != nil {
		failed = true
		return err
	}
	return resp.Body.Close()
}

type makroudStatement struct{ inner *sqlx.Stmt }

func (s makroudStatement) QueryRows(ctx context.Context, args ...any) (*sqlx.Rows, error) {
	rows, err := s.inner.QueryxContext(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	return rows, nil
}

// ulule/makroud#100: rows that cannot be read to their end stay open.
func makroudExecBefore(ctx context.Context, s makroudStatement, list *[]string) error {
	rows, err := s.QueryRows(ctx) // want revleak
	if err != nil {
		return err
	}
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return err
		}
		*list = append(*list, v)
	}
	return rows.Err()
}

func makroudExecAfter(ctx context.Context, s makroudStatement, list *[]string) error {
	rows, err := s.QueryRows(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return err
		}
		*list = append(*list, v)
	}
	return rows.Err()
}

type gosolineClient interface {
	Queryx(ctx context.Context, query string, args ...any) (*sqlx.Rows, error)
}

// justtrackio/gosoline#1183: a user that cannot be read leaves the rows.
func gosolineUsersBefore(ctx context.Context, c gosolineClient) (err error) {
	var rows *sqlx.Rows
	var user struct{ Name string }
	if rows, err = c.Queryx(ctx, "SELECT * FROM users"); err != nil { // want revleak
		return err
	}
	for rows.Next() {
		if err := rows.StructScan(&user); err != nil {
			return err
		}
		fmt.Println(user)
	}
	return nil
}

func gosolineUsersAfter(ctx context.Context, c gosolineClient) (err error) {
	var rows *sqlx.Rows
	var user struct{ Name string }
	if rows, err = c.Queryx(ctx, "SELECT * FROM users"); err != nil {
		return err
	}
	defer func() {
		if cerr := rows.Close(); cerr != nil {
			err = cerr
		}
	}()
	for rows.Next() {
		if err := rows.StructScan(&user); err != nil {
			return err
		}
		fmt.Println(user)
	}
	return rows.Err()
}

func watcherSend(ctx context.Context, cursor *mongo.Cursor, events chan<- []byte) {
	for cursor.Next(ctx) {
		events <- bytes.Clone(cursor.Current)
	}
}

// etf1/kafka-mongo-watcher#5: whoever replays a collection leaves the cursor. The cursor belongs to a
// goroutine, and what a goroutine leaves is not asked.
func watcherReplayBefore(ctx context.Context, c *mongo.Collection) (chan []byte, error) {
	cursor, err := c.Find(ctx, map[string]any{}) // missed: revleak
	if err != nil {
		return nil, err
	}
	events := make(chan []byte)
	go func() {
		defer close(events)
		watcherSend(ctx, cursor, events)
	}()
	return events, nil
}

func watcherReplayAfter(ctx context.Context, c *mongo.Collection) (chan []byte, error) {
	cursor, err := c.Find(ctx, map[string]any{})
	if err != nil {
		return nil, err
	}
	events := make(chan []byte)
	go func() {
		defer cursor.Close(ctx)
		defer close(events)
		watcherSend(ctx, cursor, events)
	}()
	return events, nil
}

// keptn/keptn#7909: a cursor that is counted stays open.
func keptnProjectsBefore(ctx context.Context, c *mongo.Collection) (names []string, err error) {
	cur, err := c.Find(ctx, map[string]any{}) // want revleak
	if err != nil {
		return nil, err
	}
	for cur.Next(ctx) {
		var p struct{ Name string }
		if err := cur.Decode(&p); err != nil {
			return nil, err
		}
		names = append(names, p.Name)
	}
	return names, nil
}

func keptnProjectsAfter(ctx context.Context, c *mongo.Collection) (names []string, err error) {
	cur, err := c.Find(ctx, map[string]any{})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := cur.Close(ctx); err != nil {
			fmt.Println(err)
		}
	}()
	for cur.Next(ctx) {
		var p struct{ Name string }
		if err := cur.Decode(&p); err != nil {
			return nil, err
		}
		names = append(names, p.Name)
	}
	return names, nil
}

// ardanlabs/service#63: a request has a span that never ends.
func ardanHandleBefore(t trace.Tracer, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, span := t.Start(r.Context(), "internal.platform.web") // want revleak
		span.AddEvent("handling")
		next(w, r.WithContext(ctx))
	}
}

func ardanHandleAfter(t trace.Tracer, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, span := t.Start(r.Context(), "internal.platform.web")
		defer span.End()
		span.AddEvent("handling")
		next(w, r.WithContext(ctx))
	}
}

func coaiRegister(r *gin.RouterGroup) {
	r.POST("/task", coaiTaskBefore)
	r.POST("/copied", coaiTaskAfter)
}

// coaidev/coai#383: what goes on after the answer reads the request by a context that serves another.
func coaiTaskBefore(c *gin.Context) {
	user := c.GetString("user")
	go func() { // want revescape
		fmt.Println(user, c.ClientIP())
	}()
	c.JSON(http.StatusOK, gin.H{"status": true})
}

func coaiTaskAfter(c *gin.Context) {
	user := c.GetString("user")
	cp := c.Copy()
	go func() {
		fmt.Println(user, cp.ClientIP())
	}()
	c.JSON(http.StatusOK, gin.H{"status": true})
}

// hashicorp/nomad 41b71b61: the function that cancels is dropped.
func nomadCPUBefore(info func(context.Context) ([]string, error)) ([]string, error) {
	ctx, _ := context.WithTimeout(context.Background(), time.Minute) // want revleak
	return info(ctx)
}

func nomadCPUAfter(info func(context.Context) ([]string, error)) ([]string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return info(ctx)
}
