package revleak

import "sync"

// A lock that a function takes and does not give back: where each function of the package answers for its own locks, and nobody else
// can get at this one, nobody gives it back.

type tally struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	n      int
	closed bool
}

func (t *tally) badAdd() {
	t.mu.Lock() // want revleak
	t.n++
}

func (t *tally) okAdd() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func (t *tally) badClose() error {
	t.mu.Lock() // want revleak
	t.closed = true
	return nil
}

func (t *tally) badRead() int {
	t.rw.RLock() // want revleak
	return t.n
}

func (t *tally) okRead() int {
	t.rw.RLock()
	defer t.rw.RUnlock()
	return t.n
}

func (t *tally) okInALiteral() {
	func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.n++
	}()
	t.mu.Lock()
	defer func() { t.mu.Unlock() }()
	t.n++
}

var (
	tallies   []*tally
	talliesMu sync.Mutex
)

func badRegister(t *tally) {
	talliesMu.Lock() // want revleak
	tallies = append(tallies, t)
}

func okRegister(t *tally) {
	talliesMu.Lock()
	defer talliesMu.Unlock()
	tallies = append(tallies, t)
}

// A relayed lock is given back by another function.
type relayed struct {
	mu sync.Mutex
	n  int
}

func (r *relayed) okBegin() {
	r.mu.Lock()
	r.n++
}

func (r *relayed) okEnd() {
	r.n--
	r.mu.Unlock()
}

// What unlocks first goes on for whoever has locked.
type yielding struct {
	mu sync.Mutex
	n  int
}

func (y *yielding) okBegin() {
	y.mu.Lock()
	y.n++
}

func (y *yielding) okFinish() {
	y.mu.Unlock()
	y.n = 0
	y.mu.Lock()
	y.n++
	y.mu.Unlock()
}

// The caller is given what unlocks.
type handed struct {
	mu sync.Mutex
	n  int
}

func (h *handed) okLock() (unlock func()) {
	h.mu.Lock()
	return h.mu.Unlock
}

func (h *handed) okPlain() {
	h.mu.Lock()
	h.n++
	h.mu.Unlock()
}

type handedLiteral struct {
	mu sync.Mutex
	n  int
}

func (h *handedLiteral) okLock() (unlock func()) {
	h.mu.Lock()
	return func() {
		h.n++
		h.mu.Unlock()
	}
}

// Others have the address of the lock.
type shared struct {
	mu   sync.Mutex
	cond *sync.Cond
	n    int
}

func newShared() *shared {
	s := new(shared)
	s.cond = sync.NewCond(&s.mu)
	return s
}

func (s *shared) okBegin() {
	s.mu.Lock()
	s.n++
}

func (s *shared) okPlain() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

// The lock of another type, by way of a struct that holds it.
type keeper struct{ t *kept }

type kept struct {
	mu sync.Mutex
	n  int
}

func (k *kept) okTake() keeper {
	k.mu.Lock()
	return keeper{k}
}

func (k keeper) okRelease() {
	k.t.n++
	k.t.mu.Unlock()
}

// An exported lock may be given back by another package.
type Exported struct {
	Mu sync.Mutex
	n  int
}

func (e *Exported) OkTake() {
	e.Mu.Lock()
	e.n++
}

// What is embedded is unlocked by callers, by a method that is promoted.
type embedded struct {
	sync.Mutex
	n int
}

func (e *embedded) okTake() {
	e.Lock()
	e.n++
}

// So it is under a name that is not exported: the method is promoted all the same.
type mutex = sync.Mutex

type EmbeddedByAlias struct {
	mutex
	n int
}

func (e *EmbeddedByAlias) okTake() {
	e.Lock()
	e.n++
}

// A wrapper is what others lock and unlock by.
type wrapped struct {
	mu sync.Mutex
	n  int
}

func (w *wrapped) lock()   { w.mu.Lock() }
func (w *wrapped) unlock() { w.mu.Unlock() }

func (w *wrapped) okAdd() {
	w.lock()
	w.n++
	w.unlock()
}

// Who unlocks in a goroutine unlocks.
type later struct {
	mu sync.Mutex
	n  int
}

func (l *later) okLater() {
	l.mu.Lock()
	go func() {
		l.n++
		l.mu.Unlock()
	}()
}

// A generic type has one lock for each of its instances.
type box[T any] struct {
	mu sync.Mutex
	v  T
}

func (b *box[T]) badSet(v T) {
	b.mu.Lock() // want revleak
	b.v = v
}

func (b *box[T]) okGet() T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.v
}

// The program ends with what it holds.
func (t *tally) okPanics() {
	t.mu.Lock()
	panic(t.n)
}

var locals struct {
	mu sync.Mutex
	n  int
}

func badStruct() int {
	locals.mu.Lock() // want revleak
	return locals.n
}

func okStruct() int {
	locals.mu.Lock()
	defer locals.mu.Unlock()
	return locals.n
}
