package contract

import (
	"fmt"
	"go/types"
	"slices"
)

// A resolver resolves the names of one directive.
type resolver struct {
	s *syntax
	d *declaration
}

func (r *resolver) fail(off int, format string, args ...any) {
	panic(&syntaxError{off, fmt.Sprintf(format, args...)})
}

// resolve makes the claim that s is on d.
func resolve(s *syntax, d *declaration) (c Claim, err *syntaxError) {
	defer func() {
		if x := recover(); x != nil {
			e, ok := x.(*syntaxError)
			if !ok {
				panic(x)
			}
			err = e
		}
	}()
	r := &resolver{s, d}
	r.mayStand()
	return r.claim(), nil
}

// mayStand checks that the verb fits what the directive stands on.
func (r *resolver) mayStand() {
	v := verbRules[r.s.verb].verb
	switch {
	case v == None:
	case r.d.kind == onPackage:
		r.fail(r.s.off, "%s cannot stand on %v: only none can", r.s.verb, r.d.kind)
	case v == Token && r.d.kind != onType:
		r.fail(r.s.off, "token stands on a type, not on %v", r.d.kind)
	case v == Always && r.d.self == nil:
		r.fail(r.s.off, "always stands on a method, not on %v", r.d.kind)
	case v != Token && r.d.kind == onType:
		r.fail(r.s.off, "%s cannot stand on %v: only token and none can", r.s.verb, r.d.kind)
	}
}

func (r *resolver) claim() Claim {
	s := r.s
	c := Claim{Verb: verbRules[s.verb].verb}
	has := func(flag string) bool { _, ok := s.flags[flag]; return ok }
	c.Optional, c.Lax, c.Once, c.Deep = has("optional"), has("lax"), has("once"), has("deep")
	c.Brief, c.Loose = has("brief"), has("loose")
	c.Whole, c.Prefix, c.Idempotent = has("whole"), has("prefix"), has("idempotent")
	for _, p := range s.values {
		path, t := r.path(p)
		r.fits(c.Verb, p, path)
		if c.Verb == MayNil && !canBeNil(t) {
			r.fail(p.off, "%s cannot be nil", p.text)
		}
		c.Values = append(c.Values, path)
	}
	for _, p := range s.places {
		c.Places = append(c.Places, r.place(p))
	}
	c.Guard = r.clause(s.guard, "guard", Recv, Param, Result)
	c.From = r.clause(s.from, "from", Recv, Param)
	if s.verb == "lend" {
		c.To = r.clause(s.to, "to", Recv, Param, Result)
	} else {
		c.To = r.clause(s.to, "to", Recv, Param)
	}
	owner := s.from
	if s.to != nil {
		owner = s.to
	}
	for _, e := range s.until {
		c.Until = append(c.Until, r.event("until", e, owner))
	}
	for _, e := range s.of {
		if e.typ != "" {
			r.fail(e.off, "of wants methods of %s alone", s.values[0].text)
		}
		c.Of = append(c.Of, r.event("of", e, &s.values[0]))
	}
	if s.when != nil {
		c.When = r.when(s.when)
	}
	if s.ifc != nil {
		path, t := r.path(s.ifc.path)
		if path.Root != Result {
			r.fail(s.ifc.path.off, "%s cannot be a condition: if wants a result", s.ifc.path.text)
		}
		var of *Path
		if s.ifc.answer != nil {
			function := path
			of = &function
			path, t = r.answer(function)
			if c.Verb == Release {
				c.Verb = finish
			} else {
				r.fail(s.ifc.path.off, "%s does not ask what a result answers: release does", s.verb)
			}
		}
		isTest := s.ifc.op == IsTrue || s.ifc.op == IsFalse
		switch {
		case isTest && !isBoolean(t):
			r.fail(s.ifc.path.off, "%s is no bool", s.ifc.path.text)
		case !isTest && !canBeNil(t):
			r.fail(s.ifc.path.off, "%s cannot be nil", s.ifc.path.text)
		}
		c.If = &If{path, s.ifc.op, of}
	}
	for i, p := range c.Values {
		switch {
		case c.Verb == Release && p.Root == Result:
			r.unreleased(s.values[i], "release wants a receiver or a parameter")
		case c.Verb == finish && p.Result() < 0:
			r.unreleased(s.values[i], "what a result answers ends the loan of another result")
		}
	}
	return c
}

func (r *resolver) unreleased(p pathSyntax, want string) {
	r.fail(p.off, "%s cannot be released: %s", p.text, want)
}

// answer resolves the condition on what the result at the path answers when it
// is called.
func (r *resolver) answer(of Path) (Path, types.Type) {
	p := r.s.ifc.path
	i := of.Result()
	if i < 0 || !r.d.results[i].isFunc {
		r.fail(p.off, "no func type is written for %s: what it answers has no name", p.text)
	}
	inner := &resolver{r.s, &declaration{kind: onFuncType, label: p.text, results: r.d.results[i].answers, env: r.d.env}}
	return inner.path(*r.s.ifc.answer)
}

// fits checks an operand against the table of slots.
func (r *resolver) fits(v Verb, p pathSyntax, path Path) {
	isPart := path.Deref || len(path.Steps) > 0
	ok, want := true, ""
	switch v {
	case Acquire:
		want = "acquire wants a result, a receiver or a parameter"
	case Borrow:
		ok = path.Root == Result || isPart
		want = "borrow wants a result, or a field or * of a parameter"
	case MayNil:
		ok, want = path.Root == Result, "maynil wants a result"
	case Release: // see claim
	case Move, Waits, Lend:
		ok, want = path.Root != Result, r.s.verb+" wants a receiver or a parameter"
	}
	if !ok {
		verb := map[Verb]string{Borrow: "borrowed", MayNil: "nil by contract", Move: "moved", Waits: "waited for", Lend: "lent"}[v]
		r.fail(p.off, "%s cannot be %s: %s", p.text, verb, want)
	}
}

func (r *resolver) clause(p *pathSyntax, word string, roots ...RootKind) *Path {
	if p == nil {
		return nil
	}
	path, _ := r.path(*p)
	if !slices.Contains(roots, path.Root) {
		r.fail(p.off, "%s cannot stand after %q: it is a result", p.text, word)
	}
	return &path
}

// path resolves p and returns the type of what it names.
func (r *resolver) path(p pathSyntax) (Path, types.Type) {
	out := Path{Deref: p.deref, Text: p.text}
	var t types.Type
	d := r.d
	switch {
	case p.name == "self" && d.self != nil && (d.recv == "" || d.recv == "_") && !r.isName("self"):
		out.Root, t = Recv, d.self
	case p.name == "return" && len(d.results) == 1 && d.results[0].name == "":
		out.Root, t = Result, d.results[0].typ
	case d.recv == p.name && p.name != "_" && p.name != "":
		out.Root, t = Recv, d.self
	default:
		i, isResult := r.find(p.name)
		if i < 0 {
			r.fail(p.off, "%s names %q, but %s has %s%s", r.s.verb, p.name, d.label, d.spoken(), d.nameHint(p.name))
		}
		out.Root, out.Index = Param, i
		list := d.params
		if isResult {
			out.Root, list = Result, d.results
		}
		t = list[i].typ
	}
	return r.steps(out, p, t)
}

func (r *resolver) isName(name string) bool {
	i, _ := r.find(name)
	return i >= 0
}

func (r *resolver) find(name string) (i int, isResult bool) {
	by := func(n named) bool { return n.name == name && name != "_" && name != "" }
	if i := slices.IndexFunc(r.d.params, by); i >= 0 {
		return i, false
	}
	return slices.IndexFunc(r.d.results, by), true
}

func (r *resolver) steps(out Path, p pathSyntax, t types.Type) (Path, types.Type) {
	for _, s := range p.steps {
		if s.types != nil {
			step := Step{}
			for _, w := range s.types {
				typ, err := r.d.env.typeOf(w.text)
				if err != nil {
					r.fail(w.off, "%s: %v", w.text, err)
				}
				step.Types = append(step.Types, qualified(typ))
				if len(s.types) == 1 {
					t = typ
				}
			}
			out.Steps = append(out.Steps, step)
			continue
		}
		index, ft := fieldNamed(t, s.field)
		if index == nil {
			r.fail(s.off, "%s has no field %s%s", r.d.env.typeText(t), s.field, r.d.env.fieldHint(t, s.field))
		}
		out.Steps = append(out.Steps, Step{Field: s.field, Index: index})
		t = ft
	}
	if p.deref && len(p.steps) == 0 {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		} else if !types.IsInterface(t) {
			r.fail(p.off, "%s is no pointer", p.name)
		}
	}
	return out, t
}

func (r *resolver) place(p placeSyntax) Place {
	path, _ := r.path(p.path)
	switch {
	case p.isRange:
		if path.Root == Recv {
			r.fail(p.path.off, "%s cannot be ranged over: range wants a result or a parameter", p.path.text)
		}
		return Place{Kind: Range, Path: path}
	case p.isCall:
		return Place{Kind: Callback, Path: path, Args: r.callbackArgs(p, path)}
	}
	if path.Root == Result {
		r.fail(p.path.off, "%s cannot be scoped: scoped wants a receiver or a parameter", p.path.text)
	}
	return Place{Kind: Value, Path: path}
}

// callbackArgs resolves x in fn(x): a name in the func type written for fn.
func (r *resolver) callbackArgs(p placeSyntax, path Path) []Path {
	if path.Root != Param || len(path.Steps) > 0 {
		r.fail(p.path.off, "%s cannot be called here: fn(x) wants a parameter", p.path.text)
	}
	n := r.d.params[path.Index]
	if !n.isFunc {
		r.fail(p.path.off, "no func type is written for %s: its contract stands on its type", p.path.text)
	}
	inner := &resolver{r.s, &declaration{kind: onFuncType, label: p.path.text, params: n.callback, env: r.d.env}}
	var out []Path
	for _, a := range p.args {
		arg, _ := inner.path(a)
		arg.Root = CallbackParam
		out = append(out, arg)
	}
	return out
}

// event checks that some method of the owner, or of the type that is named, matches what clause names.
func (r *resolver) event(clause string, e eventSyntax, owner *pathSyntax) Event {
	out := Event{Name: e.name, Prefix: e.isPrefix || e.everything}
	_, t := r.path(*owner)
	if e.typ != "" {
		typ := lookupType(r.d.env.pkg.Scope(), e.typ)
		if typ == nil {
			r.fail(e.off, "%s %s: %s has no such type%s", clause, e.typ, r.d.env.pkg.Path(), r.d.env.declarationHint(e.typ))
		}
		if !sameName(pointee(t), pointee(typ)) {
			out.Type = qualified(typ)
		}
		t = typ
	}
	if !hasMethod(t, out.Name, out.Prefix) {
		r.fail(e.off, "%s %s: %s has no such method%s", clause, eventText(e), typeLabel(t), r.d.env.methodHint(t, e.name))
	}
	return out
}

func eventText(e eventSyntax) string {
	s := e.name
	if e.isPrefix || e.everything {
		s += "*"
	}
	return s
}

func (r *resolver) when(w *whenSyntax) *When {
	out := &When{Not: w.not}
	p := w.path
	if w.isCall {
		if len(p.steps) == 0 || p.steps[len(p.steps)-1].field == "" {
			r.fail(p.off, "%s() names no method", p.text)
		}
		last := p.steps[len(p.steps)-1]
		p.steps = p.steps[:len(p.steps)-1]
		path, t := r.path(p)
		r.isInput(p, path)
		if !hasMethod(t, last.field, false) {
			r.fail(last.off, "%s has no method %s%s", typeLabel(t), last.field, r.d.env.methodHint(t, last.field))
		}
		out.Path, out.Method = path, last.field
		return out
	}
	path, t := r.path(p)
	r.isInput(p, path)
	if !isBoolean(t) {
		r.fail(p.off, "%s is no bool", p.text)
	}
	out.Path = path
	return out
}

func (r *resolver) isInput(p pathSyntax, path Path) {
	if path.Root == Result {
		r.fail(p.off, "%s cannot be asked about before the call: when wants a receiver or a parameter", p.text)
	}
}
