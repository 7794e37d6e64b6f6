package stubgen

import (
	"go/types"
	"slices"
)

// A halves is what takes a place in something, and what gives it back.
type halves struct {
	take, give string
	reentered  bool // what takes without an operand counts references: see counts
}

// pairs are methods of one type that go together: locks, semaphores, sections.
var pairs = []halves{
	{take: "Lock", give: "Unlock"},
	{take: "TryLock", give: "Unlock"},
	{take: "RLock", give: "RUnlock"},
	{take: "TryRLock", give: "RUnlock"},
	{take: "Acquire", give: "Release", reentered: true},
	{take: "TryAcquire", give: "Release", reentered: true},
	{take: "Enter", give: "Leave"},
	{take: "Enter", give: "Exit"},
	{take: "Pin", give: "Unpin"},
	{take: "Freeze", give: "Unfreeze"},
}

// held says which methods take a place in their receiver, and which give it back.
func (g *generator) held(functions []*types.Func) {
	for _, give := range functions {
		for _, p := range pairs {
			if give.Name() != p.give {
				continue
			}
			for _, take := range functions {
				if take.Name() != p.take || !isPair(p, take, give) {
					continue
				}
				n := g.itemOf(take).names
				g.say(take, p.give+" gives it back.", "acquire _ guard %s%s", n.recv, succeeds(take, n))
				if g.items[give] == nil {
					g.say(give, "", "release %s", g.itemOf(give).names.recv)
				}
			}
		}
	}
}

// isPair reports whether two methods of one type are the halves of p: what takes answers
// with nothing, or with whether it went well; what gives back neither takes nor gives anything of weight.
func isPair(p halves, take, give *types.Func) bool {
	of := receiverOf(take)
	results := take.Signature().Results()
	if of == nil || of != receiverOf(give) || results.Len() > 1 {
		return false
	}
	if results.Len() == 1 && !isError(results.At(0).Type()) && !isBool(results.At(0).Type()) {
		return false
	}
	if p.reentered && take.Signature().Params().Len() == 0 {
		return false
	}
	return allOf(give.Signature().Results(), isPlain) && allOf(give.Signature().Params(), func(t types.Type) bool { return isPlain(t) || isContext(t) })
}

// isHalf reports whether f gives back a place in its receiver, and not the receiver itself.
func isHalf(f *types.Func) bool {
	of := receiverOf(f)
	if of == nil {
		return false
	}
	n, ok := of.Type().(*types.Named)
	return ok && slices.ContainsFunc(pairs, func(p halves) bool {
		return p.give == f.Name() && slices.ContainsFunc(methods(n), func(take *types.Func) bool {
			return take.Name() == p.take && isPair(p, take, f)
		})
	})
}

// succeeds is the clause that says when a place was taken.
func succeeds(take *types.Func, n names) string {
	results := take.Signature().Results()
	switch {
	case results.Len() == 0:
		return ""
	case isError(results.At(0).Type()):
		return " if " + n.results[0] + " == nil"
	}
	return " if " + n.results[0]
}
