package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// active is the variable, in each package, that says which mutant of a binary with many is the one that it is.
const active = "activeMutant"

// switchFile is the source of a file that declares it.
func switchFile(pkgName string) string {
	return "package " + pkgName + "\n\nimport (\n\t\"os\"\n\t\"strconv\"\n)\n\n" +
		"var " + active + ", _ = strconv.Atoi(os.Getenv(\"" + environment + "\"))\n"
}

// environment is the variable of the environment that says it to a binary.
const environment = "ACTIVE_MUTANT"

// schema is the text of f with all of ms in it, each of which is in force when the variable has its number. The lines
// stay what they were.
func schema(f *file, ms []*mutant) []byte {
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, func(a, b *mutant) int {
		return cmp.Or(cmp.Compare(a.start(), b.start()), cmp.Compare(b.end(), a.end()), cmp.Compare(b.way, a.way))
	})
	return []byte(render(string(f.text), 0, len(f.text), ms))
}

// start and end are what a mutant replaces in a schema.
func (m *mutant) start() int {
	if m.way >= asReturn {
		return m.around[0]
	}
	return m.from
}

func (m *mutant) end() int {
	if m.way >= asReturn {
		return m.around[1]
	}
	return m.to
}

// render is text[from:to] with ms in it, which are in order and all within.
func render(text string, from, to int, ms []*mutant) string {
	var b strings.Builder
	for len(ms) > 0 {
		// One stretch: those that are of all of it, and then those within.
		first := ms[0]
		all, within := 1, 1
		for within < len(ms) && ms[within].start() < first.end() {
			if ms[within].start() == first.start() && ms[within].end() == first.end() {
				all++
			}
			within++
		}
		inner := render(text, first.start(), first.end(), ms[all:within])
		for _, m := range ms[:all] {
			inner = m.wrap(text, inner)
		}
		b.WriteString(text[from:first.start()])
		b.WriteString(inner)
		from = first.end()
		ms = ms[within:]
	}
	b.WriteString(text[from:to])
	return b.String()
}

// wrap is the stretch of m, of which inner is the text, with a choice.
func (m *mutant) wrap(text, inner string) string {
	is, isNot := fmt.Sprintf("%s == %d", active, m.number), fmt.Sprintf("%s != %d", active, m.number)
	switch m.way {
	case asCondition:
		return "(" + is + " && (" + m.becomes + ") || " + isNot + " && (" + inner + "))"
	case asValue:
		return "func() " + m.typ + " { if " + is + " { return " + m.becomes + " }; return " + inner + " }()"
	case asStatement:
		return "if " + isNot + " { " + inner + " }"
	case asReturn:
		return "if " + is + " { " + text[m.around[0]:m.from] + m.becomes + text[m.to:m.around[1]] + " }; " + inner
	default: // asPrefixed
		return "if " + is + " { " + text[m.to:m.around[1]] + " } else { " + inner + " }"
	}
}
