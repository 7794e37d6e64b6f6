package history

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

var errClosed = errors.New("closed")

type m3uaConn struct {
	mu    sync.Mutex
	state int
	out   io.Writer
}

// wmnsk/go-m3ua#11: a write that fails leaves the connection locked.
func m3uaWriteBefore(c *m3uaConn, b []byte) (int, error) {
	c.mu.Lock() // want revleak
	if c.state == 0 {
		return 0, errClosed
	}
	n, err := c.out.Write(b)
	if err != nil {
		return 0, err
	}
	c.mu.Unlock()
	return n, nil
}

func m3uaWriteAfter(c *m3uaConn, b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == 0 {
		return 0, errClosed
	}
	n, err := c.out.Write(b)
	if err != nil {
		return 0, err
	}
	return n, nil
}

var (
	gowidMutex sync.Mutex
	gowidCache = map[string]string{}
)

// gcla/gowid#45: the second way to find a terminal leaves the cache locked.
func gowidFindBefore(name string, dynamic, lookup func(string) (string, error)) (string, error) {
	gowidMutex.Lock() // want revleak
	if ti, ok := gowidCache[name]; ok {
		gowidMutex.Unlock()
		return ti, nil
	}
	if ti, err := dynamic(name); err == nil {
		gowidCache[name] = ti
		gowidMutex.Unlock()
		return ti, nil
	}
	return lookup(name)
}

func gowidFindAfter(name string, dynamic, lookup func(string) (string, error)) (string, error) {
	gowidMutex.Lock()
	if ti, ok := gowidCache[name]; ok {
		gowidMutex.Unlock()
		return ti, nil
	}
	if ti, err := dynamic(name); err == nil {
		gowidCache[name] = ti
		gowidMutex.Unlock()
		return ti, nil
	}
	ti, err := lookup(name)
	gowidMutex.Unlock()
	return ti, err
}

type centrifugeWriter struct {
	mu       sync.Mutex
	messages []string
	closed   bool
}

// centrifugal/centrifuge#552: a queue that is empty after the wait stays locked.
func centrifugeSendBefore(w *centrifugeWriter, max int, delay time.Duration, send func([]string) error) bool {
	if delay > 0 {
		time.Sleep(delay)
	}
	w.mu.Lock() // want revleak
	size := max
	if size < 0 {
		if size = len(w.messages); size == 0 {
			return true
		}
	}
	items := w.messages[:min(size, len(w.messages))]
	w.mu.Unlock()
	return send(items) == nil
}

func centrifugeSendAfter(w *centrifugeWriter, max int, delay time.Duration, send func([]string) error) bool {
	if delay > 0 {
		time.Sleep(delay)
	}
	w.mu.Lock()
	size := max
	if size < 0 {
		if size = len(w.messages); size == 0 {
			w.mu.Unlock()
			return true
		}
	}
	items := w.messages[:min(size, len(w.messages))]
	w.mu.Unlock()
	return send(items) == nil
}

type flynnStore struct {
	mu   sync.RWMutex
	raft func([]byte) (uint64, error)
}

// flynn/flynn#2591: a store without raft stays locked for readers, and the next writer waits for ever.
func flynnApplyBefore(s *flynnStore, cmd []byte) (uint64, error) {
	s.mu.RLock() // want revleak
	if s.raft == nil {
		return 0, errClosed
	}
	s.mu.RUnlock()
	return s.raft(cmd)
}

func flynnApplyAfter(s *flynnStore, cmd []byte) (uint64, error) {
	s.mu.RLock()
	if s.raft == nil {
		s.mu.RUnlock()
		return 0, errClosed
	}
	s.mu.RUnlock()
	return s.raft(cmd)
}

type flynnBackend struct {
	state struct {
		mtx  sync.Mutex
		jobs map[string]int
	}
}

// flynn 144bd29b: a job with a port that is neither tcp nor udp leaves the state locked.
func flynnRunBefore(l *flynnBackend, job string, protos []string) error {
	l.state.mtx.Lock() // want revleak
	if _, ok := l.state.jobs[job]; ok {
		l.state.mtx.Unlock()
		return errClosed
	}
	for i, p := range protos {
		if p != "tcp" && p != "udp" {
			return errors.New("unknown port proto " + p)
		}
		l.state.jobs[job] = 5000 + i
	}
	l.state.mtx.Unlock()
	return nil
}

func flynnRunAfter(l *flynnBackend, job string, protos []string) error {
	l.state.mtx.Lock()
	if _, ok := l.state.jobs[job]; ok {
		l.state.mtx.Unlock()
		return errClosed
	}
	for i, p := range protos {
		if p != "tcp" && p != "udp" {
			l.state.mtx.Unlock()
			return errors.New("unknown port proto " + p)
		}
		l.state.jobs[job] = 5000 + i
	}
	l.state.mtx.Unlock()
	return nil
}

type cothorityService struct {
	closedMutex sync.Mutex
	closed      bool
	working     sync.WaitGroup
}

// dedis/cothority#1454: whoever closes twice leaves the mutex locked.
func cothorityCloseBefore(s *cothorityService) {
	s.closedMutex.Lock() // want revleak
	if !s.closed {
		s.closed = true
		s.closedMutex.Unlock()
		s.working.Wait()
	}
}

func cothorityCloseAfter(s *cothorityService) {
	s.closedMutex.Lock()
	if !s.closed {
		s.closed = true
		s.closedMutex.Unlock()
		s.working.Wait()
	} else {
		s.closedMutex.Unlock()
	}
}

type agolaTask struct {
	sync.Mutex
	id      string
	running bool
}

// agola-io/agola#117: a task that runs already stays locked.
func agolaRunBefore(rt *agolaTask, addIfNew func(*agolaTask) bool, run func(string)) {
	rt.Lock() // want revleak
	if !addIfNew(rt) {
		return
	}
	rt.running = true
	rt.Unlock()
	run(rt.id)
}

func agolaRunAfter(rt *agolaTask, addIfNew func(*agolaTask) bool, run func(string)) {
	rt.Lock()
	if !addIfNew(rt) {
		rt.Unlock()
		return
	}
	rt.running = true
	rt.Unlock()
	run(rt.id)
}

type kyvernoLoader struct {
	sync.RWMutex
	list map[string]int
}

// kyverno/kyverno#15403: what is in the cache is returned with the read lock held.
func kyvernoFetchBefore(l *kyvernoLoader, image string, load func(string) (int, error)) (int, error) {
	l.RLock() // want revleak
	if data, ok := l.list[image]; ok {
		return data, nil
	}
	l.RUnlock()
	data, err := load(image)
	if err != nil {
		return 0, err
	}
	l.Lock()
	defer l.Unlock()
	l.list[image] = data
	return data, nil
}

func kyvernoFetchAfter(l *kyvernoLoader, image string, load func(string) (int, error)) (int, error) {
	l.RLock()
	if data, ok := l.list[image]; ok {
		l.RUnlock()
		return data, nil
	}
	l.RUnlock()
	data, err := load(image)
	if err != nil {
		return 0, err
	}
	l.Lock()
	defer l.Unlock()
	l.list[image] = data
	return data, nil
}

type lampshadeDialer struct {
	mx sync.Mutex
	id int
}

func lampshadeStartBefore(d *lampshadeDialer, dial func() (int, error), spec func() error) (int, error) {
	conn, err := dial()
	if err != nil {
		d.mx.Unlock()
		return 0, err
	}
	if err := spec(); err != nil {
		return 0, err
	}
	return conn, nil
}

// getlantern/lampshade#10: what starts a session unlocks on one of its errors, and not on the other. Where a
// callee unlocks on some ways, revlint says nothing.
func lampshadeDialBefore(d *lampshadeDialer, dial func() (int, error), spec func() error) (int, error) {
	d.mx.Lock() // missed: revleak
	current, err := lampshadeStartBefore(d, dial, spec)
	if err != nil {
		return 0, err
	}
	d.id++
	d.mx.Unlock()
	return current, nil
}

func lampshadeStartAfter(dial func() (int, error), spec func() error) (int, error) {
	conn, err := dial()
	if err != nil {
		return 0, err
	}
	if err := spec(); err != nil {
		return 0, err
	}
	return conn, nil
}

func lampshadeDialAfter(d *lampshadeDialer, dial func() (int, error), spec func() error) (int, error) {
	d.mx.Lock()
	current, err := lampshadeStartAfter(dial, spec)
	if err != nil {
		d.mx.Unlock()
		return 0, err
	}
	d.id++
	d.mx.Unlock()
	return current, nil
}

// sohlich/elogrus#12: the cancel function is dropped, so each message leaves a timer.
func elogrusFireBefore(send func(context.Context) error) error {
	ctx, _ := context.WithTimeout(context.Background(), 5*time.Second) // want revleak
	return send(ctx)
}

func elogrusFireAfter(send func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return send(ctx)
}

// polyrabbit/etcdfs#3: each listing leaves a timer that hangs on the caller's context.
func etcdfsListBefore(ctx context.Context, get func(context.Context) ([]string, error)) ([]string, error) {
	ctx, _ = context.WithTimeout(ctx, 5*time.Second) // want revleak
	keys, err := get(ctx)
	if err != nil {
		return nil, err
	}
	return keys, nil
}

func etcdfsListAfter(ctx context.Context, get func(context.Context) ([]string, error)) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	keys, err := get(ctx)
	if err != nil {
		return nil, err
	}
	return keys, nil
}

// coreos/etcd-operator 113bcac1: a snapshot that cannot be had leaves its timer.
func etcdOperatorSnapshotBefore(snapshot func(context.Context) (io.ReadCloser, error), save func(io.Reader) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // want revleak
	rc, err := snapshot(ctx)
	if err != nil {
		return err
	}
	defer cancel()
	defer rc.Close()
	return save(rc)
}

func etcdOperatorSnapshotAfter(snapshot func(context.Context) (io.ReadCloser, error), save func(io.Reader) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	rc, err := snapshot(ctx)
	if err != nil {
		return err
	}
	defer rc.Close()
	return save(rc)
}
