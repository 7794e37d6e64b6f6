package twin_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/internal/oracle/twin/core"
	"github.com/revlint/revlint/internal/oracle/twin/revocable"
	"github.com/revlint/revlint/internal/oracle/twin/store"
	"github.com/revlint/revlint/internal/oracle/twin/sync"
)

type thing struct {
	N   int
	Buf []byte
}

var (
	provider = revocable.NewProvider(&thing{Buf: make([]byte, 32)})
	h        = provider.Handle()
	db       = store.Open(nil)
)

// programs are small programs of which the mistakes are known: each line that has one says so, after
// "wrong:", or "beyond:" where only a run comes to it that goes on though the program has ended. Nothing else is wrong with them.
var programs = map[string]func(){
	"right": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		defer g.Release()
		core.Look(p).N++
	},
	"unchecked": func() {
		p, g := h.TryAccess()
		defer g.Release()
		core.Look(p).N++ // wrong: nil
	},
	"leak on one way": func() {
		p, g := h.TryAccess() // wrong: leak
		if p != nil && core.Bool() {
			g.Release()
		}
	},
	"after the end": func() {
		p, g := h.TryAccess()
		if p != nil {
			g.Release()
			core.Look(p).N++ // wrong: ended
			core.Look(p).N++ // a later mistake on the same loan
		}
	},
	"released twice": func() {
		p, g := h.TryAccess()
		if p != nil {
			g.Release()
			c := g
			c.Release() // wrong: double
		}
	},
	"released twice through one variable": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		q, f := h.TryAccess()
		g.Release()
		g.Release() // wrong: double
		core.Keep(q, f)
	},
	"behind a second release": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		q, f := h.TryAccess() // beyond: leak
		core.Keep(q)
		g.Release()
		g.Release()      // wrong: double
		core.Look(p).N++ // beyond: ended
		if f == (revocable.Guard{}) {
			core.Look(q).N++ // beyond: nil
		}
	},
	"behind a look at nil": func() {
		var p *thing
		core.Look(p).Buf[3]++ // wrong: nil
		q, g := h.TryAccess() // beyond: escape
		core.Keep(q)
		g.Release()
		if core.Bool() {
			panic(core.Panic("gone"))
		}
	},
	"behind a look at nil in a library": func() {
		var tx *store.Tx
		core.Elems(tx.Get(1))[0]++ // wrong: nil
		h.TryAccess()              // beyond: leak
	},
	"empty guards do no harm": func() {
		_, g := h.TryAccess()
		g.Release()
		var none revocable.Guard
		none.Release()
	},
	"escape": func() {
		p, g := h.TryAccess() // wrong: escape
		g.Release()
		core.Keep(p)
	},
	"escape of a part": func() {
		p, g := h.TryAccess() // wrong: escape
		if p == nil {
			return
		}
		core.Keep(core.Look(p).Buf[3:4])
		g.Release()
	},
	"escape in a closure": func() {
		h.With(func(p *thing) error { // wrong: escape
			core.Keep(func() int { return p.N })
			return nil
		})
	},
	"taken back": func() {
		var box struct{ p *thing }
		h.With(func(p *thing) error {
			box.p = p
			box.p = nil
			return nil
		})
		core.Keep(&box)
	},
	"a copy does not escape": func() {
		h.With(func(p *thing) error {
			core.Keep(slices.Clone(core.Look(p).Buf), core.Look(p).N)
			return nil
		})
	},
	"handed on with its guard": func() {
		p, g := h.TryAccess()
		core.Keep(p, g)
	},
	"handed on without its guard": func() {
		p, _ := h.TryAccess() // wrong: leak
		core.Keep(p)
	},
	"scope": func() {
		var q *thing
		h.With(func(p *thing) error { q = p; return nil })
		if q != nil {
			core.Look(q).N++ // wrong: ended
		}
	},
	"live": func() {
		var q *thing
		for p := range h.Live() {
			core.Look(p).N++
			q = p
		}
		if q != nil {
			core.Look(q).N++ // wrong: ended
		}
	},
	"goroutine that is waited for": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		var wg sync.WaitGroup
		wg.Go(func() { core.Look(p).N++ })
		wg.Wait()
		g.Release()
	},
	"goroutine that is not": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		core.Go(func() {
			core.Look(p).N++ // wrong: ended
		})
		g.Release()
	},
	"wait": func() {
		p, g := h.TryAccess()
		if p == nil {
			return
		}
		provider.Revoke() // wrong: waiting
		g.Release()
		provider.Revoke()
	},
	"panic ends it": func() {
		p, _ := h.TryAccess()
		if p != nil {
			panic(core.Panic("gone"))
		}
	},
	"panic, and what was put somewhere": func() {
		p, g := h.TryAccess()
		core.Keep(p) // may be reported, need not
		g.Release()
		panic(core.Panic("gone"))
	},
	"guard that may be called again": func() {
		_, stop := db.Lease()
		stop()
		stop()
	},
	"transaction": func() {
		tx, err := db.Begin()
		if err != nil {
			return
		}
		defer tx.Rollback()
		b := tx.Get(1)
		core.Elems(b)[0]++
		tx.Commit()
		core.Elems(b)[0]++ // wrong: ended
	},
	"transaction, unchecked": func() {
		tx, _ := db.Begin()
		tx.Rollback() // wrong: nil
	},
	"committed after Rollback": func() {
		tx, err := db.Begin()
		if err != nil {
			return
		}
		tx.Rollback()
		tx.Rollback()
		tx.Commit() // wrong: double
	},
	"pool": func() {
		var one, other store.Pool
		b := one.Get()
		other.Put(b) // wrong: wrong
	},
	"references": func() {
		b := store.NewBlob()
		b.Retain()
		b.Release()
		core.Look(b).N++
		b.Release()
		core.Look(b).N++ // wrong: ended
	},
	"references, one too few": func() {
		b := store.NewBlob() // wrong: leak
		b.Retain()
		b.Release()
	},
	"semaphore": func() {
		var one store.Gate
		a, b := one.TryEnter(), one.TryEnter()
		if a || b {
			one.Leave() // both
		}
		one.TryEnter() // wrong: leak
	},
	"row": func() {
		c := db.Scan()
		for c.Next() {
			r := c.Row()
			core.Elems(r)[0]++
			c.Next()
			core.Elems(r)[0]++ // wrong: ended
		}
	},
	"guard that is a function": func() {
		r, stop := db.Lease()
		stop()
		core.Look(r).N++ // wrong: ended
	},
	"closer": func() {
		b, c, err := db.Lookup(1)
		if errors.Is(err, store.ErrFull) {
			return
		}
		c.Close()
		c.Close()
		core.Elems(b)[0]++ // wrong: ended
	},
}

// TestTruth says of each of programs what is wrong with it, and of no other line that it is.
func TestTruth(t *testing.T) {
	core.SetMarker("/twin/truth_")
	text, err := os.ReadFile("truth_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	mark := regexp.MustCompile(`// (wrong|beyond): (\w+)$`)
	for i, line := range strings.Split(string(text), "\n") {
		if m := mark.FindStringSubmatch(line); m != nil {
			want = append(want, fmt.Sprintf("%d %s %s", i+1, m[1], m[2]))
		}
	}
	for name, fn := range programs {
		core.Explore(name, 1000, fn)
	}
	var got []string
	for _, r := range core.Reports() {
		if r.Capped {
			t.Errorf("%s: not all runs were made", r.Name)
		}
		for _, a := range r.Accesses {
			grade := "wrong"
			switch {
			case a.Grade&core.Primary != 0:
			case a.Grade&core.Beyond != 0:
				grade = "beyond"
			default:
				continue
			}
			place, _, _ := strings.Cut(a.Chain, " ")
			s := strings.TrimPrefix(place, "test.go:") + " " + grade + " " + string(a.Class)
			if !slices.Contains(got, s) {
				got = append(got, s)
			}
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("not seen: truth_test.go:%s", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("wrongly seen: truth_test.go:%s", g)
		}
	}
}

// TestHere knows the places that a run came to, but not those that it would have come to.
func TestHere(t *testing.T) {
	core.SetMarker("/twin/truth_")
	core.Explore("here", 100, func() {
		if core.Bool() {
			core.Here()
			return
		}
		var p *thing
		core.Here()
		core.Look(p).N++
		core.Here()
	})
	r := core.Reports()[0]
	if len(r.Came) != 2 || r.Runs != 2 {
		t.Errorf("came to %q in %d runs, want two places in two", r.Came, r.Runs)
	}
}

// TestExplore makes every sequence of choices, once.
func TestExplore(t *testing.T) {
	var seen []string
	core.Explore("choices", 100, func() {
		s := ""
		if core.Bool() {
			s = fmt.Sprint(core.Int(3))
		}
		seen = append(seen, s)
	})
	core.Reports()
	if want := []string{"", "0", "1", "2"}; !slices.Equal(seen, want) {
		t.Errorf("got %q, want %q", seen, want)
	}
}

// TestFollowed knows where a run follows what is nil and no access, also where the program recovers.
func TestFollowed(t *testing.T) {
	core.SetMarker("/twin/truth_")
	type box struct{ p *thing }
	core.Explore("followed", 100, func() {
		var b *box
		if core.Bool() {
			defer func() { core.Recovered(recover()) }()
		}
		if core.Bool() {
			_ = b.p.N
		}
	})
	r := core.Reports()[0]
	if len(r.Followed) != 2 || r.Runs != 4 {
		t.Errorf("followed at %q in %d runs, want two ways in four", r.Followed, r.Runs)
	}
}
