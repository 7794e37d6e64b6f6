package main

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
	"github.com/revlint/revlint/internal/oracle/twin/core"
)

// An access is one access of a program, and what became of it: what its runs say and what revlint says.
type access struct {
	prog *gen.Program
	accessKey
	grade core.Grade
	ways  []string // how runs come to it as the first mistake on its loan; see core.Access
	tags  []string

	found   *finding // that says it is wrong
	told    bool     // a finding says that it is wrong in another way, which it is in other runs
	unknown bool     // -strict says that it cannot be proved
	why     []string // the reasons that it gives
	mixed   bool     // some run makes a mistake on its line
}

// An accessKey tells the accesses of a program apart.
type accessKey struct {
	kind  string // look, release, acquire, wait
	class core.Class
	line  lineKey // in the program, innermost
	loan  lineKey // where its loan began
}

// reason is why nothing could be proved, as an unproved finding gives it.
func (f *finding) reason() string {
	_, why, _ := strings.Cut(f.Message, ": ")
	return why
}

// wrong reports whether some run must have been told of.
func (a *access) wrong() bool { return a.grade&core.Primary != 0 }

// right reports whether it is to be proved: all runs that come to its line are right there.
func (a *access) right() bool { return a.grade == core.OK && !a.mixed }

// silent reports whether it is wrong and nothing was said of it.
func (a *access) silent() bool { return a.wrong() && a.found == nil && !a.told && !a.unknown }

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
	excused := make(map[*finding]bool) // borne out only beyond a mistake that ends the program
	came := make(map[lineKey]bool)     // some run comes to the node that begins there
	followed := make(map[lineKey]bool) // some run follows what is nil there: the struct around what was not given
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
		for _, at := range r.Came {
			came[parseChain(at)[0]] = true
		}
		for _, at := range r.Followed {
			maps.Copy(followed, l.accepted(parseChain(at)))
		}
		released := make(map[string]bool) // places at which something was released
		paid := make(map[string]bool)     // loans that some run releases
		for _, a := range r.Accesses {
			if a.Kind == "release" && a.Class == core.Right {
				paid[a.Loan] = true
			}
			if a.Kind == "release" && a.Class != core.Empty && a.Grade != core.Beyond {
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
			if a.Grade == core.Beyond {
				for k := range lines {
					for _, f := range at[k] {
						excused[f] = excused[f] || slices.Contains(speaksOf[a.Class], f.Analyzer)
					}
				}
				continue
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
			acc.grade |= a.Grade
			if a.Grade&core.Primary != 0 {
				acc.ways = append(acc.ways, a.After...)
			}
			for k := range lines {
				for _, f := range at[k] {
					switch {
					case f.Unproved:
						if a.Class != core.Right || k == acc.line {
							acc.unknown = true
							if why := f.reason(); !slices.Contains(acc.why, why) {
								acc.why = append(acc.why, why)
							}
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
	mistaken := make(map[lineKey]bool)
	for _, a := range v.accesses {
		mistaken[a.line] = mistaken[a.line] || a.grade&^(core.OK|core.Beyond) != 0
	}
	tooComplex := make(map[*gen.Program]bool) // of these -strict says that nothing is proved
	for i := range findings {
		f := &findings[i]
		if name, ok := strings.CutPrefix(f.Message, "nothing in "); ok && f.Unproved {
			name, _, _ = strings.Cut(name, " ")
			tooComplex[programs[path.Dir(f.File)+"."+name]] = true
		}
	}
	for _, a := range v.accesses {
		a.unknown = a.unknown || tooComplex[a.prog]
		a.mixed = mistaken[a.line]
		a.told = a.kind == "look" && slices.ContainsFunc(at[a.line], func(f *finding) bool {
			return borneOut[f] && (f.Analyzer == "revuse" || f.Analyzer == "revnil")
		})
		if a.class == core.Escape { // two escapes in one program are not told apart
			for _, k := range l.of[a.prog] {
				a.told = a.told || slices.ContainsFunc(at[k], func(f *finding) bool { return borneOut[f] && f.Analyzer == "revescape" })
			}
		}
		if a.wrong() && l.forestalled(a, at, borneOut) {
			a.grade = a.grade&^core.Primary | core.Secondary
		}
	}
	isUnreached := func(k lineKey) bool {
		begin, ok := l.begins(k)
		return ok && !came[begin]
	}
	for i := range findings {
		f := &findings[i]
		k := lineKey{f.File, f.Line}
		switch {
		case f.Unproved, borneOut[f], excused[f], l.owner[k] == nil && cappedHelpers:
			continue
		case f.Analyzer == "revleak" && !settled[k], f.Analyzer != "revescape" && !reached[k]:
			continue // the program never gets there
		case isUnreached(k):
			continue // nor to what is put somewhere here
		case f.Analyzer == "revnil" && followed[k]:
			continue // rightly, though it is the struct that is nil, and not what was acquired
		case f.Analyzer == "revnil" && slices.ContainsFunc(l.acquisitions(k), func(k lineKey) bool { return unchecked[k] }):
			continue // the same mistake, but a look before this one ends the program
		case (f.Analyzer == "revescape" || f.Analyzer == "revbound") && l.isGivenBack(k):
			continue // so it is, though the caller that is known never looks
		}
		v.alarms = append(v.alarms, falseAlarm{*f, l.owner[k], l.tags(k)})
	}
	return v
}

// forestalled reports whether each run that came to a wrong access had passed a place at which revlint rightly reports
// a mistake on the same loan, one that other runs make there. One loan, one finding a path: what is not tested is
// reported, and what comes after need not be.
//
// What waits for an access that is never released waits because of that: the leak is the finding.
func (l *layout) forestalled(a *access, at map[lineKey][]*finding, borneOut map[*finding]bool) bool {
	isLeak := func(f *finding) bool { return borneOut[f] && f.Analyzer == "revleak" }
	if a.class == core.Waiting && slices.ContainsFunc(at[a.loan], isLeak) {
		return true
	}
	for _, way := range a.ways {
		passed := false
		for chain := range strings.SplitSeq(way, "|") {
			for k := range l.accepted(parseChain(chain)) {
				passed = passed || slices.ContainsFunc(at[k], func(f *finding) bool { return borneOut[f] && f.Analyzer != "revleak" })
			}
		}
		if !passed {
			return false
		}
	}
	return len(a.ways) > 0
}
