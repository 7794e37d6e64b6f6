package history

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

type thanosTenants struct {
	mtx     sync.RWMutex
	stale   bool
	tenants map[string]func() string
	clients []string
}

// thanos-io/thanos#7857: clients that another has made meanwhile are returned with the lock held.
func (t *thanosTenants) clientsBefore() []string {
	t.mtx.RLock()
	if !t.stale {
		defer t.mtx.RUnlock()
		return t.clients
	}
	t.mtx.RUnlock()
	t.mtx.Lock() // want revleak
	if !t.stale {
		return t.clients
	}
	defer t.mtx.Unlock()
	res := make([]string, 0, len(t.tenants))
	for _, tenant := range t.tenants {
		res = append(res, tenant())
	}
	t.stale = false
	t.clients = res
	return res
}

func (t *thanosTenants) clientsAfter() []string {
	t.mtx.RLock()
	if !t.stale {
		defer t.mtx.RUnlock()
		return t.clients
	}
	t.mtx.RUnlock()
	t.mtx.Lock()
	defer t.mtx.Unlock()
	if !t.stale {
		return t.clients
	}
	res := make([]string, 0, len(t.tenants))
	for _, tenant := range t.tenants {
		res = append(res, tenant())
	}
	t.stale = false
	t.clients = res
	return res
}

type victoriaTable struct {
	lock       sync.Mutex
	partitions map[int64][]int64
}

// VictoriaMetrics/VictoriaMetrics 96aa3761: a partition that cannot be made leaves the table locked.
func (tb *victoriaTable) addBefore(rows []int64, make func(int64) ([]int64, error)) error {
	tb.lock.Lock() // want revleak
	for _, r := range rows {
		if p, ok := tb.partitions[r/100]; ok {
			tb.partitions[r/100] = append(p, r)
			continue
		}
		p, err := make(r / 100)
		if err != nil {
			return fmt.Errorf("cannot add rows: %w", err)
		}
		tb.partitions[r/100] = append(p, r)
	}
	tb.lock.Unlock()
	return nil
}

func (tb *victoriaTable) addAfter(rows []int64, make func(int64) ([]int64, error)) error {
	tb.lock.Lock()
	for _, r := range rows {
		if p, ok := tb.partitions[r/100]; ok {
			tb.partitions[r/100] = append(p, r)
			continue
		}
		p, err := make(r / 100)
		if err != nil {
			tb.lock.Unlock()
			return fmt.Errorf("cannot add rows: %w", err)
		}
		tb.partitions[r/100] = append(p, r)
	}
	tb.lock.Unlock()
	return nil
}

type gethChain struct {
	indexLock sync.RWMutex
	blocks    map[uint64]string
	index     map[string]uint64
}

// ethereum/go-ethereum#34039: a block that is not there leaves the index of transactions locked.
func (c *gethChain) reorgBefore(from, to uint64) error {
	c.indexLock.Lock() // want revleak
	for n := from; n < to; n++ {
		b, ok := c.blocks[n]
		if !ok {
			return errClosed
		}
		delete(c.index, b)
	}
	clear(c.blocks)
	c.indexLock.Unlock()
	return nil
}

func (c *gethChain) reorgAfter(from, to uint64) error {
	c.indexLock.Lock()
	defer c.indexLock.Unlock()
	for n := from; n < to; n++ {
		b, ok := c.blocks[n]
		if !ok {
			return errClosed
		}
		delete(c.index, b)
	}
	clear(c.blocks)
	return nil
}

type prometheusPostings struct {
	mtx sync.RWMutex
	m   map[string]map[string][]uint64
}

// prometheus/prometheus b215a41b: who stops waiting for postings leaves them locked for writers.
func (p *prometheusPostings) matchingBefore(ctx context.Context, name string, match func(string) bool) ([][]uint64, error) {
	p.mtx.RLock() // want revleak
	e := p.m[name]
	if len(e) == 0 {
		p.mtx.RUnlock()
		return nil, nil
	}
	var its [][]uint64
	count := 1
	for v, l := range e {
		if count%128 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		count++
		if match(v) {
			its = append(its, l)
		}
	}
	p.mtx.RUnlock()
	return its, nil
}

func (p *prometheusPostings) matchingAfter(ctx context.Context, name string, match func(string) bool) ([][]uint64, error) {
	p.mtx.RLock()
	e := p.m[name]
	if len(e) == 0 {
		p.mtx.RUnlock()
		return nil, nil
	}
	var its [][]uint64
	count := 1
	for v, l := range e {
		if count%128 == 0 && ctx.Err() != nil {
			p.mtx.RUnlock()
			return nil, ctx.Err()
		}
		count++
		if match(v) {
			its = append(its, l)
		}
	}
	p.mtx.RUnlock()
	return its, nil
}

type prometheusStripes struct {
	locks  [16]sync.RWMutex
	hashes [16]map[uint64]*string
}

// prometheus/tsdb ab8d9b97: a series that is there already leaves its stripe locked. The locks are elements of
// an array, and revlint does not tell which is which.
func (s *prometheusStripes) setBefore(hash uint64, series *string) (*string, bool) {
	i := hash & 15
	s.locks[i].Lock() // missed: revleak
	if prev := s.hashes[i][hash]; prev != nil {
		return prev, false
	}
	s.hashes[i][hash] = series
	s.locks[i].Unlock()
	return series, true
}

func (s *prometheusStripes) setAfter(hash uint64, series *string) (*string, bool) {
	i := hash & 15
	s.locks[i].Lock()
	if prev := s.hashes[i][hash]; prev != nil {
		s.locks[i].Unlock()
		return prev, false
	}
	s.hashes[i][hash] = series
	s.locks[i].Unlock()
	return series, true
}

type natsJetStream struct {
	mu      sync.RWMutex
	cluster *natsCluster
}

type natsCluster struct{ leader string }

// nats-io/nats-server 6b0bc3dc: a consumer whose stream is missing leaves the lock.
func (js *natsJetStream) healthyBefore(stream *string, unsupported *error) error {
	js.mu.RLock() // want revleak
	if unsupported != nil {
		js.mu.RUnlock()
		return nil
	}
	if stream == nil {
		return errors.New("stream missing")
	}
	cc := js.cluster
	if cc == nil {
		js.mu.RUnlock()
		return nil
	}
	js.mu.RUnlock()
	return cc.check()
}

func (js *natsJetStream) healthyAfter(stream *string, unsupported *error) error {
	js.mu.RLock()
	if unsupported != nil {
		js.mu.RUnlock()
		return nil
	}
	if stream == nil {
		js.mu.RUnlock()
		return errors.New("stream missing")
	}
	cc := js.cluster
	if cc == nil {
		js.mu.RUnlock()
		return nil
	}
	js.mu.RUnlock()
	return cc.check()
}

func (c *natsCluster) check() error {
	if c.leader == "" {
		return errClosed
	}
	return nil
}

type natsStore struct {
	mu     sync.Mutex
	closed bool
	err    error
	msgs   map[uint64]string
}

// nats-io/nats-server 26360525: a store that failed before is unlocked, and unlocked once more by what is
// deferred.
func (fs *natsStore) removeBefore(seq uint64, needLock bool) (bool, error) {
	lock := func() {
		if needLock {
			fs.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			fs.mu.Unlock() // want revrelease
		}
	}
	lock()
	defer unlock()
	if fs.closed {
		return false, errClosed
	}
	if err := fs.err; err != nil {
		unlock() // missed: revrelease
		return false, err
	}
	_, ok := fs.msgs[seq]
	delete(fs.msgs, seq)
	return ok, nil
}

func (fs *natsStore) removeAfter(seq uint64, needLock bool) (bool, error) {
	lock := func() {
		if needLock {
			fs.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			fs.mu.Unlock()
		}
	}
	lock()
	defer unlock()
	if fs.closed {
		return false, errClosed
	}
	if err := fs.err; err != nil {
		return false, err
	}
	_, ok := fs.msgs[seq]
	delete(fs.msgs, seq)
	return ok, nil
}

func (fs *natsStore) tomb(w io.Writer, seq uint64) error {
	_, err := fmt.Fprintln(w, seq)
	return err
}

// nats-io/nats-server 6172909b: a tombstone that cannot be written leaves the store locked.
func (fs *natsStore) purgeBefore(w io.Writer, tombs []uint64) (purged int, err error) {
	fs.mu.Lock() // want revleak
	if fs.closed {
		fs.mu.Unlock()
		return 0, errClosed
	}
	if len(tombs) > 0 {
		for _, seq := range tombs {
			if err := fs.tomb(w, seq); err != nil {
				return purged, err
			}
			purged++
		}
	}
	cb := fs.msgs
	fs.mu.Unlock()
	if cb == nil {
		return purged, errClosed
	}
	return purged, nil
}

func (fs *natsStore) purgeAfter(w io.Writer, tombs []uint64) (purged int, err error) {
	fs.mu.Lock()
	if fs.closed {
		fs.mu.Unlock()
		return 0, errClosed
	}
	if len(tombs) > 0 {
		for _, seq := range tombs {
			if err := fs.tomb(w, seq); err != nil {
				fs.mu.Unlock()
				return purged, err
			}
			purged++
		}
	}
	cb := fs.msgs
	fs.mu.Unlock()
	if cb == nil {
		return purged, errClosed
	}
	return purged, nil
}

type natsConsumer struct {
	mu      sync.Mutex
	encrypt func([]byte) ([]byte, error)
	writing bool
}

// nats-io/nats-server ea1c1a97: state that cannot be encrypted leaves the consumer locked.
func (o *natsConsumer) writeBefore(w io.Writer, buf []byte) error {
	o.mu.Lock() // want revleak
	if o.writing {
		o.mu.Unlock()
		return nil
	}
	if o.encrypt != nil {
		var err error
		if buf, err = o.encrypt(buf); err != nil {
			return err
		}
	}
	o.writing = true
	o.mu.Unlock()
	_, err := w.Write(buf)
	o.mu.Lock()
	o.writing = false
	o.mu.Unlock()
	return err
}

func (o *natsConsumer) writeAfter(w io.Writer, buf []byte) error {
	o.mu.Lock()
	if o.writing {
		o.mu.Unlock()
		return nil
	}
	if o.encrypt != nil {
		var err error
		if buf, err = o.encrypt(buf); err != nil {
			o.mu.Unlock()
			return err
		}
	}
	o.writing = true
	o.mu.Unlock()
	_, err := w.Write(buf)
	o.mu.Lock()
	o.writing = false
	o.mu.Unlock()
	return err
}

// nats-io/nats-server#2054: an account that is not there leaves the lock, with only a note to log it.
func (js *natsJetStream) assignBefore(lookup func(string) (string, error), name string) {
	js.mu.Lock() // want revleak
	cc := js.cluster
	if cc == nil {
		js.mu.Unlock()
		return
	}
	acc, err := lookup(name)
	if err != nil {
		return
	}
	cc.leader = acc
	js.mu.Unlock()
}

func (js *natsJetStream) assignAfter(lookup func(string) (string, error), name string) {
	js.mu.Lock()
	cc := js.cluster
	if cc == nil {
		js.mu.Unlock()
		return
	}
	acc, err := lookup(name)
	if err != nil {
		js.mu.Unlock()
		return
	}
	cc.leader = acc
	js.mu.Unlock()
}

type natsMsg struct {
	sync.Mutex
	acked   bool
	respond func([]byte) error
}

// nats-io/nats.go#1364: a message that is acknowledged already stays locked.
func (m *natsMsg) ackBefore(kind []byte) error {
	m.Lock() // want revleak
	if m.acked {
		return errors.New("already acknowledged")
	}
	m.Unlock()
	if err := m.respond(kind); err != nil {
		return err
	}
	m.Lock()
	m.acked = true
	m.Unlock()
	return nil
}

func (m *natsMsg) ackAfter(kind []byte) error {
	m.Lock()
	if m.acked {
		m.Unlock()
		return errors.New("already acknowledged")
	}
	m.Unlock()
	if err := m.respond(kind); err != nil {
		return err
	}
	m.Lock()
	m.acked = true
	m.Unlock()
	return nil
}

type buildkitBridge struct {
	mu   sync.Mutex
	refs map[string]string
}

// moby/buildkit 201e78fd: an attestation that cannot be converted leaves the bridge locked.
func (b *buildkitBridge) solveBefore(atts map[string][]string, convert func(string) (string, error)) (map[string]string, error) {
	b.mu.Lock() // want revleak
	res := map[string]string{}
	for k, list := range atts {
		for _, att := range list {
			pb, err := convert(att)
			if err != nil {
				return nil, err
			}
			b.refs[k] = pb
			res[k] = pb
		}
	}
	b.mu.Unlock()
	return res, nil
}

func (b *buildkitBridge) solveAfter(atts map[string][]string, convert func(string) (string, error)) (map[string]string, error) {
	b.mu.Lock()
	res := map[string]string{}
	for k, list := range atts {
		for _, att := range list {
			pb, err := convert(att)
			if err != nil {
				b.mu.Unlock()
				return nil, err
			}
			b.refs[k] = pb
			res[k] = pb
		}
	}
	b.mu.Unlock()
	return res, nil
}

type jockoLog struct {
	mu       sync.RWMutex
	segments []string
	clean    func([]string) ([]string, error)
}

// travisjeffery/jocko#121: segments that cannot be cleaned leave the log locked.
func (l *jockoLog) splitBefore(segment string) error {
	l.mu.Lock() // want revleak
	segments := append(l.segments, segment)
	segments, err := l.clean(segments)
	if err != nil {
		return err
	}
	l.segments = segments
	l.mu.Unlock()
	return nil
}

func (l *jockoLog) splitAfter(segment string) error {
	l.mu.Lock()
	segments := append(l.segments, segment)
	segments, err := l.clean(segments)
	if err != nil {
		l.mu.Unlock()
		return err
	}
	l.segments = segments
	l.mu.Unlock()
	return nil
}

type ibsyncIB struct{ state *ibsyncState }

type ibsyncState struct {
	mu   sync.Mutex
	keys map[string]int
}

// scmhub/ibsync#15: a request that is made already leaves the state locked.
func (ib *ibsyncIB) requestBefore(key string, id int, warn func(string)) {
	ib.state.mu.Lock() // want revleak
	_, ok := ib.state.keys[key]
	if ok {
		warn("request already made")
		return
	}
	ib.state.keys[key] = id
	ib.state.mu.Unlock()
	warn("sent")
}

func (ib *ibsyncIB) requestAfter(key string, id int, warn func(string)) {
	ib.state.mu.Lock()
	_, ok := ib.state.keys[key]
	if ok {
		ib.state.mu.Unlock()
		warn("request already made")
		return
	}
	ib.state.keys[key] = id
	ib.state.mu.Unlock()
	warn("sent")
}
