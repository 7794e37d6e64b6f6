package loan

import (
	"go/token"
	"strconv"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An effect is one thing that was done to what the caller passed, on this path.
type effect struct {
	kind effectKind
	path summary.Path
	to   string
}

type effectKind summary.EffectKind

func (e effect) String() string {
	return strconv.Itoa(int(e.kind)) + string(e.path) + ">" + e.to
}

// splits reports whether paths on which this was done are kept apart from
// those on which it was not.
func (k effectKind) splits() bool {
	return summary.EffectKind(k) == summary.Release || summary.EffectKind(k) == summary.Go
}

type effectInfo struct {
	pos token.Pos
	may bool // on some of the paths that were merged only
}

// maxEffects is how many effects a path may have before further dereferences
// are dropped, which makes callers less sure, never wrong.
const maxEffects = 48

func (st *state) affect(kind summary.EffectKind, path summary.Path, to string, pos token.Pos) {
	e := effect{effectKind(kind), path, to}
	if info, ok := st.effects[e]; ok && !info.may {
		return
	}
	if len(st.effects) >= maxEffects && kind == summary.Deref {
		return
	}
	st.ownEffects()[e] = effectInfo{pos: pos}
}

// affectPerhaps is affect, where may says whether that is only perhaps so.
func (st *state) affectPerhaps(may bool, kind summary.EffectKind, path summary.Path, to string, pos token.Pos) {
	e := effect{effectKind(kind), path, to}
	if _, ok := st.effects[e]; ok && may {
		return
	}
	st.affect(kind, path, to, pos)
	if may {
		st.ownEffects()[e] = effectInfo{pos: pos, may: true}
	}
}

func (st *state) mergeEffects(from map[effect]effectInfo) (changed bool) {
	for e, i := range st.effects {
		f, ok := from[e]
		if (!ok || f.may) && !i.may {
			i.may = true
			st.ownEffects()[e] = i
			changed = true
		}
	}
	for e, f := range from {
		if _, ok := st.effects[e]; !ok {
			f.may = true
			st.ownEffects()[e] = f
			changed = true
		}
	}
	return changed
}

// path names s for callers, if they can name it: what was passed, and what
// is reached from there.
func (s *symbol) path() (summary.Path, bool) {
	switch s.kind {
	case symParam:
		return summary.Path("p" + strconv.Itoa(s.key.index)), true
	case symAddr, symField:
		if p, ok := s.key.base.path(); ok {
			return p.Field(s.key.index), true
		}
	case symContent:
		if p, ok := s.key.base.path(); ok {
			return p.Load(), true
		}
	case symDerived:
		if s.key.base != nil {
			return s.key.base.path()
		}
	}
	return "", false
}
