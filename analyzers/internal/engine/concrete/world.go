package concrete

// world is what programs find around them: an API with contracts, of which the bodies are
// never executed (books.go has what they do), and helpers, of which the engine knows the
// summaries and a run the bodies.
const world = `package p

type Res struct {
	N    int
	Next *Res
}

type Guard struct{ n int }

type Handle struct{ n int }

// Access gives the resource, or nothing.
//
//revlint:acquire res guard g from h if res != nil
func (h *Handle) Access() (res *Res, g *Guard) { return nil, nil }

//revlint:release g
func (g *Guard) Release() {}

type Fail struct{ n int }

func (*Fail) Error() string { return "" }

// Open gives a connection, or an error.
//
//revlint:acquire c if err == nil
func (h *Handle) Open() (c *Conn, err error) { return nil, nil }

type Conn struct{ M int }

//revlint:release c idempotent
func (c *Conn) Close() {}

// Part gives a part of what c is.
//
//revlint:borrow part from c
func (c *Conn) Part() (part *Part) { return nil }

type Part struct{ K int }

// Try gives a lease, and says so.
//
//revlint:acquire l if ok
func (h *Handle) Try() (l *Lease, ok bool) { return nil, false }

type Lease struct{ L int }

//revlint:release l
func (l *Lease) Return() {}

type Box struct {
	R  *Res
	G  *Guard
	C  *Conn
	P  *Box
	N  int
	OK bool
}

type Closer interface{ Close() }

var Global *Box
var flag bool

func access(h *Handle) (*Res, *Guard) { return h.Access() }

func must(h *Handle) (r *Res, g *Guard, ok bool) {
	r, g = h.Access()
	return r, g, r != nil
}

func release(g *Guard) { g.Release() }

func maybe(g *Guard, b bool) {
	if b {
		g.Release()
	}
}

var releases bool

func perhaps(g *Guard) {
	if releases {
		g.Release()
	}
	releases = !releases
}

func setPerhaps(b *Box, n int) {
	if b != nil && n > 1 {
		b.OK = !b.OK
	}
}

func releaseBox(b *Box) {
	if b.G != nil {
		b.G.Release()
		b.G, b.R = nil, nil
	}
}

func fill(b *Box, h *Handle) bool {
	b.R, b.G = h.Access()
	return b.R != nil
}

func newBox(r *Res, g *Guard) *Box { return &Box{R: r, G: g} }

func swap(x, y *Box) { x.R, y.R, x.G, y.G = y.R, x.R, y.G, x.G }

func pick(b bool, x, y *Box) *Box {
	if b {
		return x
	}
	return y
}

func find(b *Box) *Box {
	if b == nil || b.P == nil {
		return nil
	}
	return b.P
}

func set(b *Box, n int) {
	if b != nil {
		b.N = n
	}
}

func reset(b *Box) { *b = Box{} }

func link(x, y *Box) { x.P = y }

func toggle() bool {
	flag = !flag
	return flag
}

func do(f func()) { f() }

func when(b bool, f func()) {
	if b {
		f()
	}
}

func open(h *Handle) (*Conn, error) {
	c, err := h.Open()
	if err != nil {
		return nil, err
	}
	return c, nil
}

func closeAll(c Closer) {
	if c != nil {
		c.Close()
	}
}

func check(n int) error {
	if n > 1 {
		return &Fail{n}
	}
	return nil
}
`
