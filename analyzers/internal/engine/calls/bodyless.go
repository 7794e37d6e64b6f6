package calls

import (
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/revlint/revlint/analyzers/internal/gotypes"
	"github.com/revlint/revlint/analyzers/internal/summary"
)

// Bodyless is the summary of a function that is written in assembly, or is
// linked from the run time. Its signature tells what it can do:
//
//   - Pointers and slices are read and written, and not kept.
//   - Given the address of a pointer and a pointer, it stores the one at the
//     other; one that answers with a bool (compare and swap) may. What it
//     returns as a pointer is what was there.
//   - A function is for later, and so is what it is to be called with: timers,
//     finalizers and the like. Another goroutine uses them.
//   - Of another interface nothing is known.
func Bodyless(fn *ssa.Function) *summary.Summary {
	o := summary.Outcome{Results: make([]summary.Result, fn.Signature.Results().Len())}
	var cell summary.Path // the address of a pointer, if one is given
	conditional := false  // whether it stores there is in its answer
	later := slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return gotypes.IsFunc(p.Type()) })
	for i := range o.Results {
		conditional = conditional || gotypes.IsBoolean(fn.Signature.Results().At(i).Type())
	}
	for i, p := range fn.Params {
		path := summary.Path("p" + strconv.Itoa(i))
		add := func(kind summary.EffectKind, how summary.Detail, may bool) {
			o.Effects = append(o.Effects, summary.Effect{Kind: kind, Path: path, Detail: how, May: may})
		}
		switch t := p.Type().Underlying().(type) {
		case *types.Pointer:
			add(summary.Deref, summary.Detail{}, true)
			if gotypes.IsUnsafePointer(t.Elem()) {
				cell = path
			}
		case *types.Signature:
			add(summary.Go, summary.Detail{Way: summary.ToGoroutine}, false)
		case *types.Interface:
			if later {
				add(summary.Go, summary.Detail{Way: summary.ToGoroutine}, false)
			} else {
				add(summary.Moved, summary.Detail{}, false)
			}
		case *types.Basic:
			if gotypes.IsUnsafePointer(t) && cell != "" {
				add(summary.Store, summary.Detail{To: cell}, conditional)
			}
		default:
			add(summary.Deref, summary.Detail{}, true)
		}
	}
	for i := range o.Results {
		if cell != "" && gotypes.IsUnsafePointer(fn.Signature.Results().At(i).Type()) {
			o.Results[i].Alias = []summary.Path{cell.Load()}
		}
	}
	if ends(fn.Name()) {
		o.Effects = append(o.Effects, summary.Effect{Kind: summary.Join})
	}
	return &summary.Summary{Version: summary.Version, Outcomes: []summary.Outcome{o}}
}

// ends reports whether a function of this name sees to it that what was
// started has come to an end, or will not begin.
func ends(name string) bool {
	return strings.Contains(name, "Wait") || strings.HasPrefix(strings.ToLower(name), "stop")
}
