package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
	"github.com/revlint/revlint/internal/oracle/twin/core"
)

// An access is one access of a program, and what became of it: what its runs say and what revlint says.
type access struct {
	prog *gen.Program
	accessKey
	grade core.Grade
	tags  []string

	found   *finding // that says it is wrong
	unknown bool     // -strict says that it cannot be proved
}

// An accessKey tells the accesses of a program apart.
type accessKey struct {
	kind  string // look, release, acquire, wait
	class core.Class
	line  lineKey // in the program, innermost
	loan  lineKey // where its loan began
}

// wrong reports whether some run must have been told of.
func (a *access) wrong() bool { return a.grade&core.Primary != 0 }

// silent reports whether it is wrong and nothing was said of it.
func (a *access) silent() bool { return a.wrong() && a.found == nil && !a.unknown }

// A falseAlarm is a finding that no run bears out.
type falseAlarm struct {
	finding
	prog *gen.Program // nil where it is in a helper
	tags []string
}

// A verdict is the outcome of a batch.
type verdict struct {
	programs, runs, capped int
	accesses               []*access
	alarms                 []falseAlarm

	layout   *layout
	findings []finding
}

// A lineKey is a line of a file.
type lineKey struct {
	file string
	line int
}

// layout knows the lines of the packages.
type layout struct {
	lines   map[lineKey]gen.Line
	owner   map[lineKey]*gen.Program
	of      map[*gen.Program][]lineKey
	headers map[*gen.Node]lineKey
}

func newLayout(packages []*gen.Package) *layout {
	l := &layout{make(map[lineKey]gen.Line), make(map[lineKey]*gen.Program), make(map[*gen.Program][]lineKey), make(map[*gen.Node]lineKey)}
	for _, p := range packages {
		for i, line := range p.Lines {
			k := lineKey{p.Name + "/programs.go", i + 1}
			l.lines[k] = line
			if prog := p.Owner[i]; prog != nil {
				l.owner[k] = prog
				l.of[prog] = append(l.of[prog], k)
			}
			if len(line.Nodes) > 0 {
				if _, ok := l.headers[line.Nodes[0]]; !ok {
					l.headers[line.Nodes[0]] = k
				}
			}
		}
	}
	return l
}

// tags are the constructs that a line is in, its own first.
func (l *layout) tags(k lineKey) []string {
	var out []string
	for _, n := range l.lines[k].Nodes {
		if !slices.Contains(out, n.Tag) {
			out = append(out, n.Tag)
		}
	}
	return out
}

// parseChain reads the places of a chain, innermost first.
func parseChain(s string) []lineKey {
	var out []lineKey
	for part := range strings.SplitSeq(s, ";") {
		place, _, _ := strings.Cut(part, " ")
		if file, n, ok := strings.Cut(place, ":"); ok {
			line, _ := strconv.Atoi(n)
			out = append(out, lineKey{file, line})
		}
	}
	return out
}

// innermost is the first of places that is in a program.
func (l *layout) innermost(places []lineKey) lineKey {
	for _, k := range places {
		if l.owner[k] != nil {
			return k
		}
	}
	return lineKey{}
}

// accepted are the lines at which a finding may speak of what happened at places: each place; where a
// closure was written down that it is in; and, of what happened when a function was left, its defers.
func (l *layout) accepted(places []lineKey) map[lineKey]bool {
	out := make(map[lineKey]bool)
	for _, k := range places {
		out[k] = true
		line := l.lines[k]
		for _, n := range line.Nodes {
			if strings.Contains(strings.Join(n.Text, "\n"), "func(") {
				out[l.headers[n]] = true
			}
		}
		if strings.HasPrefix(line.Text, "return") || strings.HasPrefix(line.Text, "}") {
			for _, d := range l.of[l.owner[k]] {
				if strings.HasPrefix(l.lines[d].Text, "defer ") {
					out[d] = true
				}
			}
		}
	}
	return out
}

// puts are the lines of prog at which something is stored or handed on, or at which what does so is called.
func (l *layout) puts(prog *gen.Program, into map[lineKey]bool) {
	for _, k := range l.of[prog] {
		line := l.lines[k]
		if len(line.Nodes) > 0 && line.Nodes[0].Role == gen.Put || strings.HasPrefix(line.Text, "return ") {
			into[k] = true
			for _, n := range line.Nodes {
				if n.Outline != gen.Inline {
					into[l.headers[n]] = true
				}
			}
		}
	}
}

// forestalled reports whether each run that came to a wrong access had passed a place at which revlint reports a
// mistake on the same loan, one that other runs make there. One loan, one finding a path: what is not tested is
// reported, and what comes after need not be.
func (l *layout) forestalled(ways []string, at map[lineKey][]*finding) bool {
	for _, way := range ways {
		passed := false
		for chain := range strings.SplitSeq(way, "|") {
			for k := range l.accepted(parseChain(chain)) {
				passed = passed || slices.ContainsFunc(at[k], func(f *finding) bool { return !f.Unproved && f.Analyzer != "revleak" })
			}
		}
		if !passed {
			return false
		}
	}
	return len(ways) > 0
}

// refused returns which of the accesses that were not given left at its zero value what the node at place looks
// at: one into a variable of which that node speaks.
func (l *layout) refused(place lineKey, chains string) lineKey {
	if len(l.lines[place].Nodes) == 0 {
		return lineKey{}
	}
	looked := variables.FindAllString(strings.Join(l.lines[place].Nodes[0].Text, "\n"), -1)
	for chain := range strings.SplitSeq(chains, "|") {
		k := l.innermost(parseChain(chain))
		for _, v := range variables.FindAllString(l.lines[k].Text, -1) {
			if slices.Contains(looked, v) {
				return k
			}
		}
	}
	return lineKey{}
}

// isGivenBack reports whether the line at place is in a part of a program that is a function of its own, and returns
// something or puts it into memory of its caller.
func (l *layout) isGivenBack(place lineKey) bool {
	line := l.lines[place]
	if !slices.ContainsFunc(line.Nodes, func(n *gen.Node) bool { return n.Outline != gen.Inline }) {
		return false
	}
	to, _, _ := strings.Cut(line.Text, "=")
	return strings.HasPrefix(line.Text, "return ") || strings.Contains(to, "(*") || strings.Contains(to, "fr.")
}

// isNotOurs reports whether the guard of the access at place is not the program's own. If the program never pays
// it, it may have been meant so (decision 14 of docs/contracts.md).
func (l *layout) isNotOurs(place lineKey) bool {
	return strings.Contains(l.lines[place].Text, "Gate.TryEnter")
}

// acquisitions are the places at which variables of the node at place are given what is on loan.
func (l *layout) acquisitions(place lineKey) []lineKey {
	if len(l.lines[place].Nodes) == 0 {
		return nil
	}
	looked := variables.FindAllString(strings.Join(l.lines[place].Nodes[0].Text, "\n"), -1)
	var out []lineKey
	for _, k := range l.of[l.owner[place]] {
		if ns := l.lines[k].Nodes; len(ns) > 0 && strings.HasPrefix(ns[0].Tag, "acquire") &&
			slices.ContainsFunc(variables.FindAllString(l.lines[k].Text, -1), func(v string) bool { return slices.Contains(looked, v) }) {
			out = append(out, k)
		}
	}
	return out
}

// variables are the names of those that hold what is on loan.
var variables = regexp.MustCompile(`\b(p|tx|v|c)[0-9]+\b`)

// speaksOf lists, for each class, the analyzers that report it.
var speaksOf = map[core.Class][]string{
	core.Nil:     {"revnil"},
	core.Ended:   {"revuse", "revescape", "revbound"},
	core.Double:  {"revrelease", "revuse"},
	core.Wrong:   {"revrelease"},
	core.Empty:   {"revrelease"},
	core.Leak:    {"revleak"},
	core.Escape:  {"revescape", "revuse", "revbound"},
	core.Waiting: {"revwait"},
}

// compare sets what the runs say against what revlint says.
func compare(packages []*gen.Package, reports []core.Report, findings []finding) *verdict {
	l := newLayout(packages)
	programs := make(map[string]*gen.Program)
	for _, p := range packages {
		for _, prog := range p.Programs {
			programs[p.Name+"."+prog.Name] = prog
		}
	}
	at := make(map[lineKey][]*finding)
	for i := range findings {
		f := &findings[i]
		k := lineKey{f.File, f.Line}
		at[k] = append(at[k], f)
	}
	reached := make(map[lineKey]bool)   // some access was made there
	settled := make(map[lineKey]bool)   // a loan that began there was judged when its run had ended
	unchecked := make(map[lineKey]bool) // what was not given there was looked at
	v := &verdict{layout: l, findings: findings}
	borneOut := make(map[*finding]bool)
	cappedHelpers := false
	for _, r := range reports {
		prog := programs[r.Name]
		v.programs++
		v.runs += r.Runs
		if r.Capped {
			v.capped++
			cappedHelpers = true
			for _, k := range l.of[prog] {
				for _, f := range at[k] {
					borneOut[f] = true // nobody knows
				}
			}
		}
		released := make(map[string]bool) // places at which something was released
		paid := make(map[string]bool)     // loans that some run releases
		for _, a := range r.Accesses {
			if a.Kind == "release" && a.Class == core.Right {
				paid[a.Loan] = true
			}
			if a.Kind == "release" && a.Class != core.Empty {
				released[a.Chain] = true
			}
		}
		merged := make(map[accessKey]*access)
		for _, a := range r.Accesses {
			places := parseChain(a.Chain)
			lines := l.accepted(places)
			if a.Class == core.Escape || a.Class == core.Ended {
				l.puts(prog, lines)
			}
			for _, k := range places {
				reached[k] = true
				settled[k] = settled[k] || a.Kind == "acquire"
			}
			key := accessKey{a.Kind, a.Class, l.innermost(places), l.innermost(parseChain(a.Loan))}
			if a.Class == core.Nil {
				if key.loan = l.refused(key.line, a.Loan); key.loan == (lineKey{}) {
					a.Grade = core.Grey // nothing that was asked for: a variable that nobody has set
				}
			}
			if a.Class == core.Nil && key.loan != (lineKey{}) {
				unchecked[key.loan] = true
			}
			if a.Class == core.Leak && l.isNotOurs(key.line) && !paid[a.Loan] {
				a.Grade = core.Grey
			}
			acc := merged[key]
			if acc == nil {
				acc = &access{prog: prog, accessKey: key}
				acc.tags = l.tags(acc.line)
				for _, t := range l.tags(acc.loan) {
					if strings.HasPrefix(t, "acquire") && !slices.Contains(acc.tags, t) {
						acc.tags = append(acc.tags, t)
					}
				}
				merged[key] = acc
				v.accesses = append(v.accesses, acc)
			}
			if a.Grade&core.Primary != 0 && l.forestalled(a.After, at) {
				a.Grade = a.Grade&^core.Primary | core.Secondary
			}
			acc.grade |= a.Grade
			for k := range lines {
				for _, f := range at[k] {
					switch {
					case f.Unproved:
						if a.Class != core.Right || k == acc.line {
							acc.unknown = true
						}
					case a.Class == core.Empty && released[a.Chain]:
					case slices.Contains(speaksOf[a.Class], f.Analyzer):
						acc.found = f
						borneOut[f] = true
					}
				}
			}
		}
	}
	for i := range findings {
		f := &findings[i]
		k := lineKey{f.File, f.Line}
		switch {
		case f.Unproved, borneOut[f], l.owner[k] == nil && cappedHelpers:
			continue
		case f.Analyzer == "revleak" && !settled[k], f.Analyzer != "revescape" && !reached[k]:
			continue // the program never gets there
		case f.Analyzer == "revnil" && slices.ContainsFunc(l.acquisitions(k), func(k lineKey) bool { return unchecked[k] }):
			continue // the same mistake, but a look before this one ends the program
		case (f.Analyzer == "revescape" || f.Analyzer == "revbound") && l.isGivenBack(k):
			continue // so it is, though the caller that is known never looks
		}
		v.alarms = append(v.alarms, falseAlarm{*f, l.owner[k], l.tags(k)})
	}
	return v
}
