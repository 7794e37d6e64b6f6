package domain

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
)

// Guarded are, for each field that is a mutex of package sync, the fields beside it that a
// function of the package assigns to while it has that mutex, as far as anybody can tell: it
// locks the mutex itself. Others may have changed them by the time the mutex is locked. An option
// that only says whether to lock is not among them.
type Guarded map[types.Object]map[types.Object]bool

// FindGuarded looks through the functions of pkg for what its mutexes guard.
func FindGuarded(pkg *ssa.Package) Guarded {
	out := make(Guarded)
	visitFunctions(pkg, func(fn *ssa.Function) {
		var locked []*ssa.FieldAddr
		var stored []*ssa.FieldAddr
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case *ssa.Store:
					if f, ok := i.Addr.(*ssa.FieldAddr); ok {
						stored = append(stored, f)
					}
				case *ssa.Call:
					if f := lockedField(i); f != nil {
						locked = append(locked, f)
					}
				}
			}
		}
		for _, m := range locked {
			for _, f := range stored {
				if !types.Identical(f.X.Type(), m.X.Type()) || f.Field == m.Field {
					continue
				}
				mutex, field := gotypes.FieldOf(m.X.Type(), m.Field), gotypes.FieldOf(f.X.Type(), f.Field)
				if out[mutex] == nil {
					out[mutex] = make(map[types.Object]bool)
				}
				out[mutex][field] = true
			}
		}
	})
	return out
}

// lockedField is the field with the mutex that c locks, nil if it locks none.
func lockedField(c *ssa.Call) *ssa.FieldAddr {
	f := c.Call.StaticCallee()
	if f == nil || f.Pkg == nil || f.Pkg.Pkg.Path() != "sync" || f.Name() != "Lock" || len(c.Call.Args) != 1 {
		return nil
	}
	v := c.Call.Args[0]
	if load, ok := v.(*ssa.UnOp); ok { // a field that points to its mutex
		v = load.X
	}
	at, _ := v.(*ssa.FieldAddr)
	return at
}

// ForgetGuarded forgets what is known of the fields beside the mutex g that it guards: site locks
// it, and meanwhile others may have changed them. What the function itself put there it goes on
// to know, and what is on loan there, too.
func (st *State) ForgetGuarded(m *Machine, g *Symbol, site any) {
	if g.Kind == SymContent {
		g = g.Key.Base
	}
	if g.Kind != SymAddr || g.Key.Base == nil || g.Key.Base.Typ == nil || g.Key.Index < 0 {
		return
	}
	fields := m.Guarded[gotypes.FieldOf(g.Key.Base.Typ, g.Key.Index)]
	if len(fields) == 0 {
		return
	}
	seen := make(map[*Symbol]bool)
	var see func(s *Symbol)
	see = func(s *Symbol) {
		switch {
		case s == nil:
		case s.Kind == SymCompare:
			see(s.Key.Base)
			see(s.Key.With)
		case s.Kind == SymContent && len(s.AllLoans()) == 0 && len(s.Guards) == 0:
			a := s.Key.Base
			if a.Kind == SymAddr && a.Key.Base == g.Key.Base && a.Key.Index >= 0 && fields[gotypes.FieldOf(a.Key.Base.Typ, a.Key.Index)] {
				seen[a] = true
			}
		}
	}
	for s := range st.Facts.All() {
		see(s)
	}
	for a := range seen {
		if c, ok := st.Mem.Get(a); !ok || c.V.One() != nil && c.V.One().Kind == SymContent {
			st.Mem.Set(a, Cell{V: Value{m.OverwrittenAt(site, a)}, Pos: c.Pos})
		}
	}
}
