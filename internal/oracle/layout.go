package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
)

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

// refused returns which of the accesses that were not given left at its zero value what the node at place looks
// at: one into a variable of which that node speaks. What a part by value gives its own copy of one is not given to those
// outside of it: there, nobody has set it.
func (l *layout) refused(place lineKey, chains string) lineKey {
	if len(l.lines[place].Nodes) == 0 {
		return lineKey{}
	}
	looked := variables.FindAllString(strings.Join(l.lines[place].Nodes[0].Text, "\n"), -1)
	for chain := range strings.SplitSeq(chains, "|") {
		k := l.innermost(parseChain(chain))
		if l.isOfCopy(k, place) {
			continue
		}
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
	to, _, isAssignment := strings.Cut(line.Text, " = ")
	if isAssignment && slices.ContainsFunc(line.Nodes, func(n *gen.Node) bool { return n.Outline == gen.ByResult }) && returned.MatchString(to) {
		return true
	}
	return strings.HasPrefix(line.Text, "return ") || strings.Contains(to, "(*") || strings.Contains(to, "fr.")
}

// returned are the names of variables that a part by result returns.
var returned = regexp.MustCompile(`^[a-z]+[0-9]+(, [a-z]+[0-9]+)*$`)

// isOfCopy reports whether the line at k is in a part by value, in which place is not: what it gives to a variable stays in there.
func (l *layout) isOfCopy(k, place lineKey) bool {
	return slices.ContainsFunc(l.lines[k].Nodes, func(n *gen.Node) bool {
		return n.Outline == gen.ByValue && !slices.Contains(l.lines[place].Nodes, n)
	})
}

// begins is the line on which the innermost node at place begins. It reports false if none is there.
func (l *layout) begins(place lineKey) (lineKey, bool) {
	if len(l.lines[place].Nodes) == 0 {
		return lineKey{}, false
	}
	return l.headers[l.lines[place].Nodes[0]], true
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
