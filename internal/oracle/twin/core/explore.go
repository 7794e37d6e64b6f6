package core

import (
	"maps"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

// A chooser makes the choices of a run: those of its prefix, then always the first.
type chooser struct {
	taken, of []int
	at        int
}

func (c *chooser) choose(n int) int {
	if c.at == len(c.taken) {
		c.taken = append(c.taken, 0)
		c.of = append(c.of, n)
	}
	c.at++
	return c.taken[c.at-1]
}

// next goes on to the next sequence of choices, and reports false after the last.
func (c *chooser) next() bool {
	n := c.at
	c.at = 0
	for n--; n >= 0; n-- {
		if c.taken[n]+1 < c.of[n] {
			c.taken[n]++
			c.taken, c.of = c.taken[:n+1], c.of[:n+1]
			return true
		}
	}
	return false
}

var choices chooser

// Int is an input or chance in [0, n).
func Int(n int) int {
	if now == nil || now.over {
		return 0
	}
	return choices.choose(n)
}

// Bool is an input or chance.
func Bool() bool { return Int(2) == 1 }

// Keep says that what vs lead to can be reached after the run.
func Keep(vs ...any) { now.kept = append(now.kept, vs...) }

var (
	waiting []*run // for judgement: what can be reached when they have ended is not known yet
	size    int    // how many loans they have
)

// Explore runs fn, a program, in each way it can run, at most limit times. What it returned,
// and what it left in memory that outlives it, fn tells to [Keep].
func Explore(name string, limit int, fn func()) {
	p := &program{name: name, seen: make(map[accessKey]*Access), came: make(map[string]bool), nils: make(map[string]bool), limit: limit}
	programs = append(programs, p)
	choices = chooser{}
	for more := true; more; more = choices.next() {
		if p.runs == limit {
			p.capped = true
			break
		}
		p.runs++
		once(p, fn)
	}
}

var programs []*program

// once makes one run.
func once(p *program, fn func()) {
	r := &run{prog: p}
	now = r
	defer func() { now = nil }()
	completed := false
	func() {
		defer func() {
			if !completed {
				followed(recover())
			}
		}()
		fn()
		joinAll()
		completed = true
	}()
	if !r.over {
		// Its loans are judged when the collector has run.
		r.completed = completed
		waiting = append(waiting, r)
		size += len(r.loans)
	}
	if size > 100_000 {
		settle()
	}
}

// settle judges the ends of the runs that wait for it: which guards are lost, and which values that
// have ended can still be reached. The kept values of all runs are roots meanwhile.
func settle() {
	runtime.GC()
	for _, r := range waiting {
		now = r
		for _, l := range r.loans {
			switch lost, alive := l.owes && l.released == 0, slices.ContainsFunc(l.pieces, func(p piece) bool { return p.alive() }); {
			case !r.completed:
				// The program has ended in a panic, so neither need be found. What was put somewhere is there nevertheless. A leak
				// may be found only if no panic statement did it but a look at a variable that nobody has set, or a second release:
				// that this ends the program, no analysis of loans is asked to see.
				r.astray = true
				if lost && r.crashed {
					judge("acquire", Leak, l, l.began)
				}
				if l.ended && alive {
					judge("acquire", Escape, l, l.began)
				}
			case lost && !l.guard():
				judge("acquire", Leak, l, l.began)
			case l.ended && alive:
				judge("acquire", Escape, l, l.began)
			default:
				judge("acquire", Right, l, l.began)
			}
		}
	}
	now = nil
	runtime.KeepAlive(waiting)
	waiting, size = nil, 0
	runtime.GC()
}

// Reports returns what was found out of all programs.
func Reports() []Report {
	settle()
	var out []Report
	for _, p := range programs {
		r := Report{Name: p.name, Runs: p.runs, Capped: p.capped, Came: slices.Sorted(maps.Keys(p.came)), Followed: slices.Sorted(maps.Keys(p.nils))}
		for _, k := range p.order {
			r.Accesses = append(r.Accesses, *p.seen[k])
		}
		out = append(out, r)
	}
	programs = nil
	return out
}

func init() {
	// Addresses tell loans apart, so nothing is collected but where settle says.
	debug.SetGCPercent(-1)
}

// Go is a go statement. Its function runs at once, or when somebody waits, or at the end.
func Go(fn func()) {
	safe := func() {
		defer func() {
			if r := recover(); r != nil {
				followed(r)
				now.over = true // a panic in a goroutine ends the program
				panic(abort{})
			}
		}()
		fn()
	}
	if Bool() {
		safe()
		return
	}
	now.pending = append(now.pending, safe)
}

// next takes the first goroutine that waits for its turn. What it holds stays within reach no longer.
func (r *run) next() func() {
	fn := r.pending[0]
	r.pending[0] = nil
	r.pending = r.pending[1:]
	return fn
}

func joinAll() {
	for now != nil && len(now.pending) > 0 && !now.over {
		now.next()()
	}
}

// Join waits until done reports true, and lets goroutines run meanwhile.
func Join(done func() bool) {
	for !done() {
		if len(now.pending) == 0 {
			now.over = true
			panic(abort{})
		}
		now.next()()
	}
}

// Recv is a receive.
func Recv[T any](ch <-chan T) T {
	var v T
	got := false
	Join(func() bool {
		select {
		case v = <-ch:
			got = true
		default:
		}
		return got
	})
	return v
}

// Recovered is the result of recover.
func Recovered(r any) any {
	if _, ok := r.(abort); ok {
		panic(r)
	}
	if r != nil && now != nil {
		followed(r)
		now.astray = true
	}
	return r
}

// followed notes, where the panic r comes of following a pointer that is nil, at which places that was: the struct
// around what was not given. The stack of the panic is still there.
func followed(r any) {
	if e, ok := r.(runtime.Error); ok && now != nil && strings.Contains(e.Error(), "nil pointer") {
		now.prog.nils[chain()] = true
	}
}

// Here says that the program has come to the place of the call.
func Here() {
	if now == nil || now.over || now.beyond {
		return
	}
	at, _, _ := strings.Cut(chain(), " ")
	now.prog.came[at] = true
}

// GoOn reports, after a mistake that ends the program, whether the run goes on all the same. In one way it ends there, as
// the real program does. In another it goes on, to see what else is wrong: that may be found, and need not.
func GoOn() bool {
	switch {
	case now == nil || now.over:
		return false
	case now.beyond:
		return true
	case !Bool() || now.prog.beyond >= now.prog.limit:
		return false
	}
	now.prog.runs--
	now.prog.beyond++
	now.astray, now.crashed, now.beyond = true, true, true
	return true
}

// standIn returns p, or, where that is nil and the run goes on beyond it, something in its place that is on no loan.
func standIn[T any](p *T) *T {
	if p != nil || !GoOn() {
		return p
	}
	p = new(T)
	if v := reflect.ValueOf(p).Elem(); v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() && f.Type() == reflect.TypeFor[[]byte]() {
				f.SetBytes(make([]byte, 32))
			}
		}
	}
	return p
}

// Crash is the argument of a panic that a mistake on some loan causes.
func Crash(v any) any {
	now.crashed = true
	return Panic(v)
}

// Panic is the argument of a panic.
func Panic(v any) any {
	now.astray = true
	return v
}
