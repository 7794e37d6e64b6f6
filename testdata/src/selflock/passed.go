package selflock

import (
	"context"
	"sort"
	"sync"
	"time"
)

// Between the two locks something else has the object, or somebody else runs.

type sink interface {
	Take(j *jobs)
	Close() error
}

type jobs struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	once  sync.Once
	wg    sync.WaitGroup
	n     int
	list  []int
	byID  map[int]*jobs
	out   sink
	owner *jobs
	stop  func()
	timer *time.Timer
	refs  int
}

func (j *jobs) count() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.n
}

func (j *jobs) okGivenAway() int {
	j.mu.Lock()
	j.out.Take(j)
	return j.count()
}

func (j *jobs) okGivenToVariable(take func(*sync.Mutex)) int {
	j.mu.Lock()
	take(&j.mu)
	return j.count()
}

func (j *jobs) okStored(all map[string]*jobs, then func()) int {
	j.mu.Lock()
	all["x"] = j
	j.mu.Unlock()
	then()
	return j.count()
}

func (j *jobs) okTimer() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.timer = time.AfterFunc(time.Second, func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.n++
	})
	j.timer = time.AfterFunc(time.Second, j.expire)
}

func (j *jobs) expire() { j.count() }

func (j *jobs) okOnContext(ctx context.Context) {
	j.mu.Lock()
	defer j.mu.Unlock()
	context.AfterFunc(ctx, func() { j.count() })
	j.stop = func() { j.count() }
}

// What sorts is called with the function inside of something else.
func (j *jobs) badSorted() {
	j.mu.Lock()
	defer j.mu.Unlock()
	sort.Slice(j.list, func(a, b int) bool {
		return j.list[a]+j.count() < j.list[b] // missed: revwait
	})
}

func (j *jobs) badOnce() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.once.Do(func() {
		j.mu.Lock() // want revwait
		defer j.mu.Unlock()
		j.n = 1
	})
}

func (j *jobs) okWaitsForOthers() {
	j.mu.Lock()
	j.wg.Go(func() { j.count() })
	j.mu.Unlock()
	j.wg.Wait()
}

// A child of the same type, found by its number, may be anything but this one.
func (j *jobs) okChild(id int) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if c := j.byID[id]; c != nil {
		return c.count()
	}
	return 0
}

func (j *jobs) okOwner() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.owner != nil && j.owner != j {
		return j.owner.count()
	}
	return j.n
}

func (j *jobs) okSum(others ...*jobs) (n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, o := range others {
		if o == j {
			continue
		}
		n += o.count()
	}
	return n
}

// It is unlocked and locked again by a helper that is told how.
func (j *jobs) suspend(do func()) {
	j.mu.Unlock()
	defer j.mu.Lock()
	do()
}

func (j *jobs) okSuspended() (n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.suspend(func() { n = j.count() })
	return n
}

func (j *jobs) suspendTwice(do func()) { j.suspend(do) }

func (j *jobs) okSuspendedTwice() (n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.suspendTwice(func() { n = j.count() })
	return n
}

// Who calls it has the lock.
func (j *jobs) drainLocked() {
	for j.n > 0 {
		j.suspend(func() { j.count() })
		j.n--
	}
}

func (j *jobs) okDrained() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.drainLocked()
}

func (j *jobs) finishLocked() int {
	j.n = 0
	j.mu.Unlock()
	return j.count()
}

func (j *jobs) okFinished() int {
	j.mu.Lock()
	return j.finishLocked()
}

// It unlocks on one way, and says so.
func (j *jobs) tryLeave() bool {
	if j.refs > 0 {
		return false
	}
	j.mu.Unlock()
	return true
}

func (j *jobs) okLeft() int {
	j.mu.Lock()
	if j.tryLeave() {
		return j.count()
	}
	j.mu.Unlock()
	return 0
}

// The lock of a retry.
func (j *jobs) okRetry(try func() bool) {
	for {
		j.mu.Lock()
		if try() {
			j.mu.Unlock()
			return
		}
		j.mu.Unlock()
	}
}

func (j *jobs) okSelect(c chan int) {
	j.mu.Lock()
	for {
		select {
		case <-c:
			j.n++
		default:
			j.mu.Unlock()
			<-c
			j.mu.Lock()
			continue
		}
		break
	}
	j.mu.Unlock()
}

func (j *jobs) okGoto(n int) {
again:
	j.mu.Lock()
	if j.n < n {
		j.mu.Unlock()
		n--
		goto again
	}
	j.mu.Unlock()
}

func (j *jobs) badGoto(n int) {
again:
	j.mu.Lock() // want revleak
	if j.list[0] < n {
		n--
		goto again
	}
	j.mu.Unlock()
}

func (j *jobs) okSwitch(kind int) int {
	j.mu.Lock()
	switch kind {
	case 0:
		j.mu.Unlock()
		return j.count()
	case 1:
		defer j.mu.Unlock()
		return j.n
	}
	j.mu.Unlock()
	return 0
}

func (j *jobs) okPanics() {
	j.mu.Lock()
	defer func() {
		if r := recover(); r != nil {
			j.mu.Lock()
			j.n = 0
		}
		j.mu.Unlock()
	}()
	j.n++
	j.mu.Unlock()
	j.out.Close()
	j.mu.Lock()
}

// A read lock that somebody may take twice.
func (j *jobs) readAll(f func(int)) {
	j.rw.RLock()
	defer j.rw.RUnlock()
	for _, n := range j.list {
		f(n)
	}
}

func (j *jobs) okReadInside() (sum int) {
	j.readAll(func(n int) {
		j.readAll(func(m int) { sum += n * m })
	})
	return sum
}

func (j *jobs) write(n int) {
	j.rw.Lock()
	j.list = append(j.list, n)
	j.rw.Unlock()
}

// What a callee calls while it has the lock is not told to its callers.
func (j *jobs) badWriteInside() {
	j.readAll(func(n int) {
		j.write(n) // missed: revwait
	})
}

var registry = struct {
	sync.RWMutex
	all map[string]*jobs
}{all: make(map[string]*jobs)}

func lookup(name string) *jobs {
	registry.RLock()
	defer registry.RUnlock()
	return registry.all[name]
}

func badRegister(name string, j *jobs) {
	registry.Lock()
	defer registry.Unlock()
	if lookup(name) != nil { // want revwait
		return
	}
	registry.all[name] = j
}

func okRegister(name string, j *jobs) {
	if lookup(name) != nil {
		return
	}
	registry.Lock()
	defer registry.Unlock()
	registry.all[name] = j
}

func restLocked(f func()) {
	registry.Unlock()
	f()
	registry.Lock()
}

func okRested() {
	registry.Lock()
	defer registry.Unlock()
	restLocked(func() { lookup("x") })
	registry.all = nil
}

func okRestedTwice(f func()) {
	registry.Lock()
	defer registry.Unlock()
	restLocked(f)
	restLocked(f)
}

func lockRegistry()   { registry.Lock() }
func unlockRegistry() { registry.Unlock() }

// Callers are not told of a package-level lock that a callee has taken for them.
func badLockedByHelper() {
	lockRegistry()
	defer unlockRegistry()
	lockRegistry() // missed: revwait
}

func okLockedByHelper() {
	lockRegistry()
	unlockRegistry()
	lockRegistry()
	unlockRegistry()
}

func okGlobalTold(told func()) {
	registry.Lock()
	told()
	registry.Unlock()
	lookup("x")
}

var big, small sync.Mutex

func okNested() {
	big.Lock()
	small.Lock()
	small.Unlock()
	big.Unlock()
	small.Lock()
	small.Unlock()
}

// Locks of two kinds, chosen once.
func okEitherLock(j *jobs, write bool) {
	lock, unlock := j.rw.RLock, j.rw.RUnlock
	if write {
		lock, unlock = j.rw.Lock, j.rw.Unlock
	}
	lock()
	defer unlock()
	j.n++
}

type counted struct {
	mu    sync.Mutex
	owner int
	depth int
}

// A lock that its owner may take again.
func (c *counted) lock(me int) {
	if c.depth > 0 && c.owner == me {
		c.depth++
		return
	}
	c.mu.Lock()
	c.owner = me
	c.depth = 1
}

func (c *counted) unlock() {
	c.depth--
	if c.depth == 0 {
		c.mu.Unlock()
	}
}

func (c *counted) okRecursive(me int) {
	c.lock(me)
	defer c.unlock()
	c.lock(me)
	defer c.unlock()
}

func copies(j *jobs) *jobs {
	j.mu.Lock()
	defer j.mu.Unlock()
	return &jobs{n: j.n}
}

func okOfCopy(j *jobs) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := &jobs{n: j.n}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n + copies(c.owner).count()
}

func (j *jobs) swap(with *jobs) {
	j.mu.Lock()
	defer j.mu.Unlock()
	with.mu.Lock()
	defer with.mu.Unlock()
	j.n, with.n = with.n, j.n
}

func okSwapped(a, b *jobs) { a.swap(b) }

func badSwapped(a *jobs) {
	a.swap(a) // missed: revwait
}

// The variable stands for another one by then.
func okOther(a, b *jobs) int {
	j := a
	j.mu.Lock()
	defer j.mu.Unlock()
	j = b
	return j.count()
}

func okCapturedOther(a, b *jobs) (n int) {
	j := a
	get := func() { n = j.count() }
	j.mu.Lock()
	defer a.mu.Unlock()
	j = b
	get()
	return n
}

func badCaptured(j *jobs) (n int) {
	get := func() { n = j.count() } // want revwait
	j.mu.Lock()
	defer j.mu.Unlock()
	get()
	return n
}

// Other mistakes keep their findings.

func (j *jobs) badUnlockedTwice(c bool) {
	j.mu.Lock()
	defer j.mu.Unlock() // want revrelease
	if c {
		j.mu.Unlock()
		return
	}
	j.n++
}

func (j *jobs) badOtherHalf() {
	j.rw.RLock()
	defer j.rw.Unlock() // want revrelease
	j.n++
}

func (j *jobs) badLeft(c bool) {
	j.mu.Lock() // want revleak
	if c {
		return
	}
	j.mu.Unlock()
}
