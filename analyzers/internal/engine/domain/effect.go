package domain

import (
	"go/token"
	"strconv"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// An Effect is one thing that was done to what the caller passed, on this path.
type Effect struct {
	Kind EffectKind
	Path summary.Path
	summary.Detail
}

// An EffectKind is what was done: see package summary.
type EffectKind summary.EffectKind

func (e Effect) String() string {
	return strconv.Itoa(int(e.Kind)) + string(e.Path) + ">" + e.Detail.String()
}

// splits reports whether paths on which this was done are kept apart from
// those on which it was not.
func (k EffectKind) splits() bool {
	switch summary.EffectKind(k) {
	case summary.Release, summary.Go, summary.Call:
		return true
	}
	return false
}

// An EffectInfo tells where an effect came about, and on which paths.
type EffectInfo struct {
	Pos token.Pos
	May bool // on some of the paths that were merged only
	// Untested says of a look that on some path nothing had asked before whether there is
	// something to look at.
	Untested bool
}

// MaxEffects is how many effects a path may have before further dereferences are
// dropped: callers are not told of those, and so neither find nor doubt anything there.
const MaxEffects = 48

// Affect notes that kind is done to what callers call path, at pos; how says what else is to be said
// of it. What is certain stays so.
func (st *State) Affect(kind summary.EffectKind, path summary.Path, how summary.Detail, pos token.Pos) {
	e := Effect{EffectKind(kind), path, how}
	if info, ok := st.Effects[e]; ok && !info.May {
		return
	}
	if len(st.Effects) >= MaxEffects && kind == summary.Deref {
		return
	}
	st.OwnEffects()[e] = EffectInfo{Pos: pos, Untested: st.Effects[e].Untested}
}

// LookedUntested notes that the look at path came before anything asked whether there is
// something to look at.
func (st *State) LookedUntested(path summary.Path) {
	e := Effect{Kind: EffectKind(summary.Deref), Path: path}
	if info, ok := st.Effects[e]; ok && !info.Untested {
		info.Untested = true
		st.OwnEffects()[e] = info
	}
}

// AffectPerhaps is affect, where may says whether that is only perhaps so.
func (st *State) AffectPerhaps(may bool, kind summary.EffectKind, path summary.Path, how summary.Detail, pos token.Pos) {
	e := Effect{EffectKind(kind), path, how}
	if _, ok := st.Effects[e]; ok && may {
		return
	}
	st.Affect(kind, path, how, pos)
	if may {
		st.OwnEffects()[e] = EffectInfo{Pos: pos, May: true}
	}
}

func (st *State) has(e Effect) bool {
	_, ok := st.Effects[e]
	return ok
}

// ForgiveEffects notes that st may have done to what the caller passed what other has done, where that
// takes it over: gives it back, or hands it on. Which of them, is not said.
func (st *State) ForgiveEffects(other *State) {
	for e, i := range other.Effects {
		switch summary.EffectKind(e.Kind) {
		case summary.Release, summary.Moved, summary.Go:
			moved := Effect{EffectKind(summary.Moved), e.Path, summary.Detail{}}
			if !st.has(e) && !st.has(moved) {
				st.OwnEffects()[moved] = EffectInfo{Pos: i.Pos, May: true}
			}
		}
	}
}
