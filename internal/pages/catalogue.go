package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/play"
)

// libraries is the module with examples of the catalogue.
const libraries = "testdata/catalogue"

const aboutCatalogue = `# The catalogue

revlint carries contracts for the libraries below, each of which has a page: what its own documentation promises and where, the
[directives](contracts.md) that say it to revlint, and what breaks it.

A package is **on** where its documentation states the contract, and where revlint found nothing wrong with it in real code
that uses the package. The others are **off**, each with the reason. ` + "`revlint contracts enable PACKAGE`" + ` switches one on, by a
file in the folder ` + "`.revlint`" + ` beside your ` + "`go.mod`; `revlint contracts disable PACKAGE`" + ` switches one off.

Numbers like S1 and M1 name the rows of the catalogue. For each, but for M63 and M65 whose functions are not exported, there is a function
that breaks the contract and one that keeps it in ` + "`testdata/catalogue`" + `, compiled against the library; CI compares the stubs with the
libraries, and what revlint finds there with what it should. What it should find and does not yet is marked there with ` + "`// missed:`" + `.

| package | | file | rows |
|---|---|---|---|
`

const notInCatalogue = `
## Not here, and why

| what | because |
|---|---|
| ` + "`time.Ticker`, `time.Timer`" + ` | since Go 1.23 one that nobody can reach is collected, also where it was not stopped |
| ` + "`time.AfterFunc`, `context.AfterFunc`" + ` | the function runs when it is time; to stop it before that is a choice |
| subscriptions of nats.go | they end with their connection, which is followed |
| ` + "`sync.Cond`, `sync.WaitGroup`, `errgroup`" + ` | nothing is taken that goes back. That ` + "`Wait`" + ` joins is known without a contract ([decision 33](contracts.md#scopes-callbacks-goroutines)) |
| ` + "`io.Pipe`" + ` | it holds nothing of the system; an end that stays open only keeps the other waiting |
| ` + "`os.MkdirTemp`" + ` | a folder is a name, and whether it is to stay only its user knows |
| ` + "`golang.org/x/sys/unix`" + ` | as with ` + "`syscall`" + `, its documentation promises nothing of descriptors and mappings |
| streams of quic-go | a stream ends in two halves, and by either side; contracts have one end |
| bindings of RocksDB | they need the library in C, with which no example can be compiled here |
`

// A library is what a page is about: a package of the standard library, or a
// module.
type library struct {
	path    string // of the package, or the module
	version string // that the examples are compiled with
	stubs   []analyzers.Description
}

// notPlayable are packages of the standard library that are not in the playground:
// they are there only when asked for, or with a compiler of C.
var notPlayable = map[string]bool{"arena": true, "encoding/json/jsontext": true, "runtime/cgo": true}

// isPlayable reports whether one may import a package in the playground.
func isPlayable(path string) bool {
	return isStandard(path) && !notPlayable[path] || slices.Contains(play.Libraries, path)
}

func isStandard(path string) bool { return !strings.Contains(strings.Split(path, "/")[0], ".") }

// name is that of the page.
func (l *library) name() string {
	return strings.NewReplacer("/", "-", ".", "-").Replace(strings.TrimPrefix(l.path, "github.com/"))
}

// addCatalogue makes the pages of the catalogue.
func (b *book) addCatalogue(root string) error {
	all, err := librariesOf(root)
	if err != nil {
		return err
	}
	uses, err := readUses(filepath.Join(root, libraries))
	if err != nil {
		return err
	}
	index := aboutCatalogue
	standard, others := group{Title: "The catalogue: the standard library"}, group{Title: "The catalogue: other libraries"}
	for _, l := range all {
		page := l.about()
		for _, s := range l.stubs {
			index += l.row(s)
			shown, programs := uses.of(s, isPlayable(s.Path))
			page += promises(s) + shown + contracts(s)
			of := &others
			if isStandard(s.Path) {
				of = &standard
			}
			of.Examples = append(of.Examples, programs...)
		}
		b.pages["catalogue/"+l.name()+".md"] = page
	}
	b.pages["catalogue.md"] = index + notInCatalogue
	b.groups = append(b.groups, standard, others)
	return nil
}

// librariesOf groups the stubs of the catalogue.
func librariesOf(root string) (all []*library, err error) {
	stubs, err := analyzers.Catalogue()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(root, libraries, "go.mod")
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax(file, data, nil)
	if err != nil {
		return nil, err
	}
	known := make(map[string]*library)
	for _, s := range stubs {
		l := &library{path: s.Path, version: "Go " + strings.TrimPrefix(goVersion(), "go")}
		if !isStandard(l.path) {
			l.path = ""
			for _, r := range mod.Require {
				if len(r.Mod.Path) > len(l.path) && strings.HasPrefix(s.Path+"/", r.Mod.Path+"/") {
					l.path, l.version = r.Mod.Path, r.Mod.Version
				}
			}
			if l.path == "" {
				return nil, fmt.Errorf("%s requires no module with %s", file, s.Path)
			}
		}
		if known[l.path] == nil {
			known[l.path] = l
			all = append(all, l)
		}
		known[l.path].stubs = append(known[l.path].stubs, s)
	}
	return all, nil
}

// goVersion is that of the go command at hand, without its last number, so that a
// page does not change with each.
func goVersion() string {
	parts := strings.SplitN(runtime.Version(), ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// row is the line of a stub in the index.
func (l *library) row(s analyzers.Description) string {
	var rows []string
	for _, said := range s.Says {
		if !slices.Contains(rows, said.Row) {
			rows = append(rows, said.Row)
		}
	}
	state := "**on**"
	if s.Off != "" {
		state = "off"
	}
	return fmt.Sprintf("| [%s](catalogue/%s.md#%s)%s | %s | `%s.go` | %s |\n",
		s.Path, l.name(), s.Name, versions(s), state, s.Name, strings.Join(rows, ", "))
}

func versions(s analyzers.Description) (out string) {
	if s.Since != "" {
		out += " since " + s.Since
	}
	if s.Before != "" {
		out += " before " + s.Before
	}
	return out
}

// about is the head of a library's page.
func (l *library) about() string {
	text := fmt.Sprintf("# %s\n\n", l.path) + generated("analyzers/internal/contract/_catalogue and "+libraries)
	if isStandard(l.path) {
		return text + fmt.Sprintf("A package of the standard library. The contracts are compared with it as it is in %s.\n", l.version)
	}
	return text + fmt.Sprintf("A module. The contracts are compared with it as it is in %s.\n", l.version)
}

// promises tells what the documentation says that a stub is of.
func promises(s analyzers.Description) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n", s.Name)
	of := fmt.Sprintf("`%s`%s", s.Path, versions(s))
	if s.Off == "" {
		fmt.Fprintf(&b, "%s is **on**: revlint knows it without being asked. To switch it off in a module:\n\n```\nrevlint contracts disable %s\n```\n", of, s.Path)
	} else {
		fmt.Fprintf(&b, "%s is **off**: %s. To switch it on in a module:\n\n```\nrevlint contracts enable %s\n```\n", of, strings.TrimSuffix(s.Off, "."), s.Path)
	}
	if len(s.Says) > 0 {
		b.WriteString("\nIts documentation promises:\n\n")
	}
	for _, said := range s.Says {
		fmt.Fprintf(&b, "- %s, %s\n", said.Row, cited(said.Text, s.Path))
	}
	return b.String()
}

// contracts is what a stub says.
func contracts(s analyzers.Description) string {
	var b strings.Builder
	b.WriteString("\n### Contracts\n\n| declaration | contract |\n|---|---|\n")
	for _, d := range s.Declarations {
		fmt.Fprintf(&b, "| `%s` | `%s` |\n", d.Text, strings.Join(d.Directives, "`<br>`"))
	}
	return b.String()
}

// cited links the declarations whose documentation a text cites: "by X and Y.M: it
// says so; by Z: and so on".
func cited(text, path string) string {
	parts := strings.Split(text, "; ")
	for i, part := range parts {
		list, says, ok := strings.Cut(strings.TrimPrefix(part, "by "), ": ")
		if !ok || !strings.HasPrefix(part, "by ") {
			continue
		}
		parts[i] = "by " + cite.ReplaceAllString(list, "$1[$2](https://pkg.go.dev/"+path+"#$2)") + ": " + says
	}
	return strings.Join(parts, "; ")
}

// cite matches what the package exports; what is of another package begins with that
// one's name.
var cite = regexp.MustCompile(`(^|[ ,])([A-Z]\w*(?:\.[A-Z]\w*)?)`)
