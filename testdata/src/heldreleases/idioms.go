package heldreleases

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

type taker struct {
	rel func()
	s   *sensor.Sensor
}

func (h *taker) take() {
	f := h.rel
	h.rel = nil
	if f != nil {
		f()
	}
}

func (h *taker) deferred() {
	if h.rel == nil {
		return
	}
	defer func() { h.rel = nil }()
	h.rel()
}

func okTaken(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &taker{rel: g.Release, s: s}
	defer x.take()
	return x.s.Read()
}

func okClearedByDefer(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	x := &taker{rel: g.Release, s: s}
	defer x.deferred()
	return x.s.Read()
}

type worker struct {
	cancel context.CancelFunc
	ctx    context.Context
}

func (w *worker) stop() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}

func okStopped(parent context.Context) error {
	w := &worker{}
	w.ctx, w.cancel = context.WithCancel(parent)
	defer w.stop()
	return w.ctx.Err()
}

func newWorker(parent context.Context) *worker {
	ctx, cancel := context.WithCancel(parent)
	return &worker{cancel: cancel, ctx: ctx}
}

func okStoppedNew(parent context.Context) error {
	w := newWorker(parent)
	defer w.stop()
	return w.ctx.Err()
}

func badNeverStopped(parent context.Context) error {
	w := newWorker(parent) // want revleak
	return w.ctx.Err()
}

type queue struct {
	mu    sync.Mutex
	items []*revocable.Guard
}

func (q *queue) put(g *revocable.Guard) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, g)
}

func (q *queue) get() *revocable.Guard {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return nil
	}
	g := q.items[0]
	q.items = q.items[1:]
	return g
}

func (q *queue) closeAll() {
	for _, g := range q.items {
		g.Release()
	}
	q.items = nil
}

func okQueued(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var q queue
	q.put(&g)
	if g := q.get(); g != nil {
		g.Release()
	}
}

func okAllClosed(hs []sensor.Handle) (sum float64) {
	var q queue
	defer q.closeAll()
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		q.put(&g)
		sum += s.Read()
	}
	return sum
}

func okDrained(hs []sensor.Handle) (sum float64) {
	var q queue
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		q.put(&g)
		sum += s.Read()
	}
	for {
		g := q.get()
		if g == nil {
			break
		}
		g.Release()
	}
	return sum
}

func okDrainedByLength(hs []sensor.Handle) (sum float64) {
	var q queue
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		q.put(&g)
		sum += s.Read()
	}
	for len(q.items) > 0 {
		q.get().Release()
	}
	return sum
}

type logFile struct {
	f      *os.File
	closed bool
}

func openLog(name string) (*logFile, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &logFile{f: f}, nil
}

func (l *logFile) Close() error {
	if l.closed {
		return nil
	}
	l.closed = true
	return l.f.Close()
}

func okLogClosedTwice(name string) error {
	l, err := openLog(name)
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err := l.f.WriteString("x"); err != nil {
		return err
	}
	return l.Close()
}

type lazy struct {
	f *os.File
}

func (l *lazy) file(name string) (*os.File, error) {
	if l.f == nil {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		l.f = f
	}
	return l.f, nil
}

func (l *lazy) Close() error {
	if l.f == nil {
		return nil
	}
	err := l.f.Close()
	l.f = nil
	return err
}

func okOpenedWhenAsked(name string) error {
	l := &lazy{}
	defer l.Close()
	f, err := l.file(name)
	if err != nil {
		return err
	}
	_, err = f.Stat()
	return err
}

type many struct {
	mu   sync.Mutex
	byID map[int]*os.File
}

func (m *many) add(id int, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.byID[id]; ok {
		return errors.New("there")
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	m.byID[id] = f
	return nil
}

func (m *many) remove(id int) error {
	m.mu.Lock()
	f, ok := m.byID[id]
	delete(m.byID, id)
	m.mu.Unlock()
	if !ok {
		return nil
	}
	return f.Close()
}

func okRemovedLater(name string) error {
	m := &many{byID: map[int]*os.File{}}
	if err := m.add(1, name); err != nil {
		return err
	}
	defer m.remove(1)
	return nil
}

type timed struct{ t *time.Timer }

func okTimer() {
	x := &timed{}
	x.t = time.NewTimer(time.Second)
	defer func() {
		if x.t != nil {
			x.t.Stop()
			x.t = nil
		}
	}()
}

type opt func(*conf) error
type conf struct {
	f *os.File
}

func withFile(name string) opt {
	return func(c *conf) error {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		c.f = f
		return nil
	}
}

func okByOption(name string) error {
	c := &conf{}
	for _, o := range []opt{withFile(name)} {
		if err := o(c); err != nil {
			return err
		}
	}
	if c.f != nil {
		defer c.f.Close()
	}
	return nil
}

func okByName(names []string) (err error) {
	files := map[string]*os.File{}
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		files[n] = f
	}
	return nil
}

func okRetried(name string) (f *os.File, err error) {
	for i := 0; i < 3; i++ {
		f, err = os.Open(name)
		if err == nil {
			return f, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

func okClosedUnlessNil(name string) error {
	var f *os.File
	defer func() {
		if f != nil {
			_ = f.Close()
		}
	}()
	var err error
	if f, err = os.Open(name); err != nil {
		f = nil
		return err
	}
	_, err = f.Stat()
	return err
}

func okUnlessStdout(name string, std bool) error {
	f := os.Stdout
	if !std {
		var err error
		if f, err = os.Create(name); err != nil {
			return err
		}
		defer f.Close()
	}
	_, err := f.WriteString("x")
	return err
}

func okUnlessStdin(name string) error {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		in = f
	}
	if in != os.Stdin {
		defer in.Close()
	}
	_, err := in.Stat()
	return err
}

func okEmptied(hs []sensor.Handle) (sum float64) {
	var items []*revocable.Guard
	for _, h := range hs {
		s, g := h.TryAccess()
		if s == nil {
			continue
		}
		items = append(items, &g)
		sum += s.Read()
	}
	for len(items) > 0 {
		g := items[0]
		items = items[1:]
		g.Release()
	}
	return sum
}

func okEmptiedFromBehind(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	items := []*revocable.Guard{&g}
	for len(items) > 0 {
		g := items[len(items)-1]
		items = items[:len(items)-1]
		g.Release()
	}
}

func okOneDrained(h sensor.Handle) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	var q queue
	q.put(&g)
	for len(q.items) > 0 {
		q.get().Release()
	}
}

func okEachAtOnce(db map[string]*os.File, names []string) error {
	for len(names) > 0 {
		n := names[0]
		names = names[1:]
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		f.Close()
	}
	return nil
}
