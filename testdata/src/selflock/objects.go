package selflock

import "sync"

// One type, two objects.

type node struct {
	mu       sync.Mutex
	n        int
	next     *node
	parent   *node
	children []*node
	byName   map[string]*node
}

func okTwoObjects(a, b *node) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.n, b.n = b.n, a.n
}

func okTwoObjectsByMethod(a, b *node) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n += b.count()
}

func (n *node) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.n
}

func (n *node) okParent() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.parent.mu.Lock()
	defer n.parent.mu.Unlock()
	n.n += n.parent.parent.count()
}

func (n *node) okDepth() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil {
		return 0
	}
	return n.next.okDepth() + 1
}

func (n *node) okTree() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	sum := n.n
	for _, c := range n.children {
		sum += c.okTree()
	}
	for _, c := range n.byName {
		sum += c.okTree()
	}
	return sum
}

// From one to the next, hand over hand.
func (n *node) okHandOverHand() {
	n.mu.Lock()
	for n.next != nil {
		next := n.next
		next.mu.Lock()
		n.mu.Unlock()
		n = next
	}
	n.mu.Unlock()
}

func (n *node) okAllTheWay() {
	for c := n; c != nil; c = c.next {
		c.mu.Lock()
	}
	for c := n; c != nil; c = c.next {
		c.mu.Unlock()
	}
}

func (n *node) okReplaced(other *node) {
	n.next.mu.Lock()
	n.next = other
	n.next.mu.Lock()
	n.next.mu.Unlock()
}

func okElements(all []*node, i, j int) {
	all[i].mu.Lock()
	all[j].mu.Lock()
	all[i].n, all[j].n = all[j].n, all[i].n
	all[j].mu.Unlock()
	all[i].mu.Unlock()
}

func okEntries(all map[string]*node, a, b string) {
	x, y := all[a], all[b]
	x.mu.Lock()
	y.mu.Lock()
	x.n, y.n = y.n, x.n
	y.mu.Unlock()
	x.mu.Unlock()
}

func okAllElements(all []*node) {
	for _, n := range all {
		n.mu.Lock()
	}
	for _, n := range all {
		n.mu.Unlock()
	}
}

type shards struct{ parts [16]node }

func (s *shards) okShards(i, j int) {
	s.parts[i].mu.Lock()
	defer s.parts[i].mu.Unlock()
	s.parts[j].mu.Lock()
	defer s.parts[j].mu.Unlock()
}

func (s *shards) okAllShards() {
	for i := range s.parts {
		s.parts[i].mu.Lock()
	}
	for i := range s.parts {
		s.parts[i].mu.Unlock()
	}
}

func (s *shards) okSumOfShards() (sum int) {
	s.parts[0].mu.Lock()
	defer s.parts[0].mu.Unlock()
	for i := 1; i < len(s.parts); i++ {
		sum += s.parts[i].count()
	}
	return sum
}

func okChosen(a, b *node, first bool) {
	n := a
	if first {
		n = b
	}
	n.mu.Lock()
	a.mu.Lock()
	a.mu.Unlock()
	n.mu.Unlock()
}

func okOrdered(a, b *node) {
	if a.n > b.n {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
}

func okFresh(a *node) *node {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := &node{n: a.n}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b
}

func badThroughField(n *node) {
	n.parent.mu.Lock()
	defer n.parent.mu.Unlock()
	n.n = n.parent.count() // want revwait
}

func badElementRead(all []*node, i int) {
	n := all[i]
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n = n.count() + 1 // want revwait
}

func badEachElement(all []*node) (sum int) {
	for _, n := range all {
		n.mu.Lock()
		sum += n.count() // want revwait
		n.mu.Unlock()
	}
	return sum
}

type shared struct {
	mu *sync.Mutex
	n  int
}

func okSharedByOthers(a, b *shared) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
}

func (s *shared) okNewLock() {
	s.mu.Lock()
	s.mu = new(sync.Mutex)
	s.mu.Lock()
	s.mu.Unlock()
}

func (s *shared) get() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *shared) badBehindPointer() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get() + 1 // want revwait
}

func okLockers(a, b sync.Locker) {
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
}

type guarded[T any] struct {
	mu sync.Mutex
	v  T
}

func (g *guarded[T]) load() T {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.v
}

func (g *guarded[T]) badUpdate(f func(T) T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.v = f(g.load()) // want revwait
}

func (g *guarded[T]) okUpdate(f func(T) T) {
	v := g.load()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.v = f(v)
}
