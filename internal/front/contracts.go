package front

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// listAnalyzer is the name of [analyzers.Suite.Contracts]. It is run for the list alone: the
// flag that unitchecker makes of its name asks for it.
const listAnalyzer = "contracts"

// A contractList is what is in force for some packages.
type contractList struct {
	Contracts []*listedContract `json:"contracts"`
	Dropped   []droppedPackage  `json:"dropped,omitempty"` // what the user's stubs switch off altogether
	Off       []offStub         `json:"off,omitempty"`     // what the catalogue has, for packages imported here, and does not use
}

// A listedContract is a declaration with its contract, and what that covers in
// the packages that were listed.
type listedContract struct {
	Package     string `json:"package"`
	Name        string `json:"name"` // Type.Method
	Declaration string `json:"declaration"`
	Source      string `json:"source"` // user, source or catalogue
	File        string `json:"file"`   // of the directives; in the catalogue the bare name
	Row         string `json:"row,omitempty"`
	Directives  []struct {
		Text string `json:"text"`
		Line int    `json:"line"`
	} `json:"directives"`
	Calls  []covered `json:"calls"`
	Bodies []covered `json:"bodies,omitempty"`
}

// A covered is where a contract has its effect: a call, or a function that it
// binds.
type covered struct {
	Posn     string `json:"posn,omitempty"` // as the units tell it
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Function string `json:"function,omitempty"`
}

type droppedPackage struct {
	Package string `json:"package"`
	Posn    string `json:"posn,omitempty"`
	File    string `json:"file"`
	Line    int    `json:"line"`
}

type offStub struct {
	Package string `json:"package"`
	File    string `json:"file"`
	Why     string `json:"why"`
}

// contracts is "revlint contracts".
func (f *front) contracts(ctx context.Context, o *options) (code int, err error) {
	if o.format != "text" && o.format != "json" {
		return exitFailed, fmt.Errorf("-f %s does not go with revlint contracts: there are json, text", o.format)
	}
	selection, err := newSelection("", o, configurable(f.analyzers))
	if err != nil {
		return exitFailed, err
	}
	result, err := f.vet(ctx, o, []string{"-" + listAnalyzer, "-" + contractAnalyzer}, selection.leavesTests())
	if err != nil {
		return exitFailed, err
	}
	list, err := mergeLists(result.lists, selection)
	if err != nil {
		return exitFailed, err
	}
	failed := result.failed || len(result.findings) > 0
	failures := result.text
	for _, m := range result.findings {
		failures += fmt.Sprintf("%s:%d:%d: %s\n", shortPath(m.File), m.Line, m.Column, m.Message)
	}
	if o.format == "json" {
		err = list.printJSON(f.stdout, failed, failures)
	} else if !failed || len(list.Contracts) > 0 {
		err = list.print(f.stdout)
	}
	if err != nil {
		return exitFailed, err
	}
	fmt.Fprint(f.stderr, failures)
	if failed {
		return exitFailed, nil
	}
	return exitClean, nil
}

// mergeLists makes one list of those of the units, each of which is about one
// package that has its own calls of what others know as well.
func mergeLists(messages []string, wanted *selection) (*contractList, error) {
	out := &contractList{Contracts: []*listedContract{}}
	known := make(map[string]*listedContract)
	for _, m := range messages {
		var unit contractList
		if err := json.Unmarshal([]byte(strings.TrimSuffix(m, " (contracts)")), &unit); err != nil {
			return nil, fmt.Errorf("the list of contracts: %v", err)
		}
		for _, c := range unit.Contracts {
			key := c.Package + "\n" + c.Declaration + "\n" + c.File
			if have := known[key]; have != nil {
				have.Calls = append(have.Calls, c.Calls...)
				have.Bodies = append(have.Bodies, c.Bodies...)
				continue
			}
			known[key] = c
			out.Contracts = append(out.Contracts, c)
		}
		out.Dropped = append(out.Dropped, unit.Dropped...)
		out.Off = append(out.Off, unit.Off...)
	}
	for _, c := range out.Contracts {
		c.Calls, c.Bodies = tidyPlaces(c.Calls, wanted), tidyPlaces(c.Bodies, wanted)
		if c.Source != "catalogue" {
			c.File = shortPath(c.File)
		}
	}
	for i := range out.Dropped {
		d := &out.Dropped[i]
		d.File, d.Line, _ = parsePosition(d.Posn)
		d.File, d.Posn = shortPath(d.File), ""
	}
	slices.SortStableFunc(out.Contracts, func(a, b *listedContract) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.File, b.File), cmp.Compare(a.Directives[0].Line, b.Directives[0].Line))
	})
	slices.SortFunc(out.Dropped, func(a, b droppedPackage) int { return strings.Compare(a.Package, b.Package) })
	out.Dropped = slices.Compact(out.Dropped)
	slices.SortFunc(out.Off, func(a, b offStub) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.File, b.File))
	})
	out.Off = slices.Compact(out.Off)
	return out, nil
}

func tidyPlaces(places []covered, wanted *selection) []covered {
	out := []covered{}
	for _, p := range places {
		p.File, p.Line, p.Column = parsePosition(p.Posn)
		if c, _ := wanted.configOf(p.File); wanted.tests(c) || !strings.HasSuffix(p.File, "_test.go") {
			p.File, p.Posn = shortPath(p.File), ""
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b covered) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return out
}

func (l *contractList) printJSON(w io.Writer, failed bool, failures string) error {
	out := struct {
		Version  string `json:"version"`
		Failed   bool   `json:"failed"`             // some package could not be analysed, or a contract is wrong
		Failures string `json:"failures,omitempty"` // why
		*contractList
	}{Version: version(), Failed: failed, contractList: l}
	if failed {
		out.Failures = failures
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// print writes the list for people, a package at a time: of each declaration
// its directives with where they stand, then what they cover.
func (l *contractList) print(w io.Writer) error {
	var b strings.Builder
	if len(l.Contracts) == 0 {
		b.WriteString("no contracts are in force for these packages\n")
	}
	for rest := l.Contracts; len(rest) > 0; {
		pkg := rest[0].Package
		n := slices.IndexFunc(rest, func(c *listedContract) bool { return c.Package != pkg })
		if n < 0 {
			n = len(rest)
		}
		l.printPackage(&b, pkg, rest[:n])
		if rest = rest[n:]; len(rest) > 0 {
			b.WriteString("\n")
		}
	}
	if len(l.Off) > 0 {
		b.WriteString("\noff in the catalogue (\"revlint contracts enable PACKAGE\" puts them on)\n")
		for _, o := range l.Off {
			fmt.Fprintf(&b, "  %s: %s\n", o.Package, o.Why)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// printPackage writes the contracts on declarations of one package. Of those
// that the catalogue has, and nothing here has to do with, it writes the names.
func (l *contractList) printPackage(b *strings.Builder, pkg string, contracts []*listedContract) {
	fmt.Fprintf(b, "%s\n", pkg)
	for _, d := range l.Dropped {
		if d.Package == pkg {
			fmt.Fprintf(b, "  all that its source and the catalogue say is switched off by %s:%d\n", d.File, d.Line)
		}
	}
	var unused []string
	for _, c := range contracts {
		if c.Source == "catalogue" && len(c.Calls)+len(c.Bodies) == 0 {
			unused = append(unused, c.Name)
			continue
		}
		c.print(b)
	}
	if len(unused) > 0 {
		line := "  not called here, in the catalogue:"
		for i, name := range unused {
			if i < len(unused)-1 {
				name += ","
			}
			if len(line)+len(" ")+len(name) > 100 {
				fmt.Fprintf(b, "%s\n", line)
				line = "   "
			}
			line += " " + name
		}
		fmt.Fprintf(b, "%s\n", line)
	}
}

func (c *listedContract) print(b *strings.Builder) {
	fmt.Fprintf(b, "  %s\n", c.Declaration)
	width := 0
	for _, d := range c.Directives {
		width = max(width, len(d.Text))
	}
	for _, d := range c.Directives {
		fmt.Fprintf(b, "    %-*s  // %s\n", width, d.Text, c.origin(d.Line))
	}
	for _, p := range c.Calls {
		fmt.Fprintf(b, "    %s\n", p)
	}
	for _, p := range c.Bodies {
		fmt.Fprintf(b, "    binds the function at %s\n", p)
	}
}

// origin says where the directive on the line stands.
func (c *listedContract) origin(line int) string {
	at := fmt.Sprintf("%s:%d", c.File, line)
	if c.Source != "catalogue" {
		return at
	}
	if c.Row != "" {
		at += ", " + c.Row
	}
	return "catalogue " + at + ", on by default"
}

func (p covered) String() string {
	s := fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	if p.Function != "" {
		s += " in " + p.Function
	}
	return s
}
