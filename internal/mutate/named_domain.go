package main

// domainTest is the test that runs random programs beside the engine.
const domainTest = "../concrete.TestRandom"

const engineDir = "analyzers/internal/engine/"

// namedDomain are mutants of the engine's domain, and of what executes and calls on it: each takes away what makes its
// states stand for what runs do.
var namedDomain = []named{
	{
		nil, "domain: a store leaves what was known of the fields of what it replaces", engineDir + "domain/memory.go",
		[][2]string{{"\t\t\tst.ForgetParts(a)\n", ""}}, domainTest,
	},
	{
		nil, "domain: a store that may go elsewhere is taken for one that goes there", engineDir + "domain/memory.go",
		[][2]string{{"V: m.Bounded(by, c.V.Union(v), gotypes.Deref(a.Typ)), Pos: pos, By: by,", "V: m.Bounded(by, v, gotypes.Deref(a.Typ)), Pos: pos, By: by,"}}, domainTest,
	},
	{
		nil, "domain: what an earlier round of a loop made is not told from what this one makes", engineDir + "domain/age.go",
		[][2]string{{"*ssa.MakeClosure, *ssa.Select:\n\t\tin.AgeRound(st, i, round)\n", "*ssa.MakeClosure, *ssa.Select:\n"}}, domainTest,
	},
	{
		nil, "domain: numbers that two rounds of a loop compute are one", engineDir + "domain/age.go",
		[][2]string{{"\tcase ssa.Value:\n\t\tin.Age(st, i)\n", "\tcase ssa.Value:\n\t\tfor s := range st.Facts.All() {\n\t\t\tif s.involves(i, anyRound) {\n\t\t\t\tst.Facts.Delete(s)\n\t\t\t}\n\t\t}\n"}}, domainTest,
	},
	{
		nil, "domain: what was found out in one round of a loop is kept in the next", engineDir + "domain/age.go",
		[][2]string{{"if o := a.symbol(s); o != s {\n\t\t\tst.Facts.Delete(s)\n", "if o := a.symbol(s); o != s {\n"}}, domainTest,
	},
	{
		nil, "domain: where paths meet, what one of them knows is kept", engineDir + "domain/merge.go",
		[][2]string{{"return f & g, f&g != f, f&g != 0", "return f, false, true"}}, domainTest,
	},
	{
		nil, "domain: where paths meet, memory is as the first of them has it", engineDir + "domain/merge.go",
		[][2]string{{"u := m.Bounded(s, c.V.Union(o.V), gotypes.Deref(s.Typ))", "u := m.Bounded(s, c.V, gotypes.Deref(s.Typ))"}}, domainTest,
	},
	{
		nil, "domain: a copied struct changes with what it was copied from", engineDir + "domain/memory.go",
		[][2]string{{"out = out.Union(Value{m.content(m.Address(s.Key.Base, index, types.NewPointer(t)), t)})", "out = out.Union(st.At(m, m.Address(s.Key.Base, index, types.NewPointer(t))))"}}, domainTest,
	},
	{
		nil, "domain: the address of an element leads nowhere once the elements are one", engineDir + "domain/memory.go",
		[][2]string{{"if index >= 0 && isCollection(base.Typ) && !st.exact.has(base) {", "if false {"}}, domainTest,
	},
	{
		nil, "domain: a collection stays exact where an element is put that is not known", engineDir + "interp/instr.go",
		[][2]string{{"\tst.Blur(in.Machine, base)\n\tvar out domain.Value\n", "\tvar out domain.Value\n"}}, domainTest,
	},
	{
		nil, "domain: what a callee releases perhaps, it does not release", engineDir + "rules/release.go",
		[][2]string{{"\tin.DoubtLoans(st, v)\n}", "}"}}, domainTest,
	},
	{
		nil, "domain: what a callee writes perhaps it does not write", engineDir + "calls/apply.go",
		[][2]string{{"\tfor _, t := range to {\n\t\tif t.Kind == domain.SymConst || t.Kind", "\tfor _, t := range to {\n\t\tif e.May || t.Kind == domain.SymConst || t.Kind"}}, domainTest,
	},
	{
		nil, "domain: callees change no flags of the package", engineDir + "calls/stored.go",
		[][2]string{{"if !stored && (gotypes.IsReference(gotypes.Deref(a.Typ)) || isFlag(a, c)) {", "if !stored && gotypes.IsReference(gotypes.Deref(a.Typ)) {"}}, domainTest,
	},
	{
		nil, "domain: a loan that a test shows not to have been given is live", engineDir + "interp/branch.go",
		[][2]string{{"case !holds:\n\t\t\tstand.Phase = domain.Absent", "case !holds:\n\t\t\tstand.Phase = domain.Live"}}, domainTest,
	},
}
