// Command combine writes combinations.go in the current folder, and objects to test that with: for each kind of wrapper a function that
// picks, for an object, the type that has exactly the optional methods that the object has. A type for each
// combination is the only way to that: Go has no means to add methods at run time.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// A kind is a kind of wrapper.
type kind struct {
	function string // func function(b base, o gate, bare bare) result
	base     string
	bare     string
	result   string
	facets   []facet
	extra    facet  // offered with all of facets only; may be zero
	gate     string // the type of o; *object if empty
}

func (k kind) object() string { return cmp.Or(k.gate, "*object") }

// A facet is a type whose methods are optional.
type facet struct {
	name    string // struct{ o gate; to needs }
	needs   string // what the object must be
	without string // facets that no object has beside this one, because names clash
}

// kinds has, for each package, the kinds of wrappers there.
var kinds = map[string][]kind{
	"revio": {
		{
			function: "combineConn", base: "*conn", bare: "net.Conn", result: "net.Conn",
			facets: []facet{
				{name: "readerFrom", needs: "io.ReaderFrom"},
				{name: "writerTo", needs: "bothWays"},
				{name: "halfReader", needs: "readCloser"},
				{name: "halfWriter", needs: "writeCloser"},
				{name: "rawConner", needs: "syscall.Conn"},
				{name: "packeter", needs: "net.PacketConn", without: "readerFrom writerTo"},
			},
		},
		{
			function: "combinePacketConn", base: "*packetConn", bare: "net.PacketConn", result: "net.PacketConn",
			facets: []facet{
				{name: "connected", needs: "net.Conn"},
				{name: "rawConner", needs: "syscall.Conn"},
				{name: "bufferer", needs: "buffers"},
				{name: "messenger", needs: "messages"},
			},
		},
		{
			function: "combineListener", base: "*listener", bare: "net.Listener", result: "net.Listener",
			facets: []facet{
				{name: "listenDeadliner", needs: "listenDeadline"},
				{name: "rawConner", needs: "syscall.Conn"},
			},
		},
		{
			function: "combineFile", base: "*file", bare: "fs.File", result: "fs.File",
			facets: []facet{
				{name: "dirReader", needs: "fs.ReadDirFile"},
				{name: "seeker", needs: "io.Seeker"},
				{name: "readerAt", needs: "io.ReaderAt"},
				{name: "writer", needs: "io.Writer"},
				{name: "writerAt", needs: "io.WriterAt"},
				{name: "readerFrom", needs: "io.ReaderFrom"},
				{name: "writerTo", needs: "bothWays"},
				{name: "deadliner", needs: "deadlines"},
			},
			extra: facet{name: "fileExtra", needs: "osFile"},
		},
		{
			function: "combineDuplex", base: "*duplex", bare: "io.ReadWriteCloser", result: "io.ReadWriteCloser",
			facets: []facet{
				{name: "seeker", needs: "io.Seeker"},
				{name: "readerAt", needs: "io.ReaderAt"},
				{name: "writerAt", needs: "io.WriterAt"},
				{name: "readerFrom", needs: "io.ReaderFrom"},
				{name: "writerTo", needs: "bothWays"},
				{name: "stringWriter", needs: "io.StringWriter"},
				{name: "halfWriter", needs: "writeCloser"},
				{name: "deadliner", needs: "deadlines"},
			},
		},
		{
			function: "combineFS", base: "*system", bare: "fs.FS", result: "fs.FS",
			facets: []facet{
				{name: "dirFS", needs: "fs.ReadDirFS"},
				{name: "readFS", needs: "fs.ReadFileFS"},
				{name: "statFS", needs: "fs.StatFS"},
				{name: "globFS", needs: "fs.GlobFS"},
				{name: "subFS", needs: "fs.SubFS"},
				{name: "linkFS", needs: "fs.ReadLinkFS"},
			},
		},
	},
	"revhttp": {
		{
			function: "combineResponse", base: "*response", bare: "http.ResponseWriter", result: "http.ResponseWriter", gate: "*exchange",
			facets: []facet{
				{name: "flusher", needs: "http.Flusher"},
				{name: "hijacker", needs: "http.Hijacker"},
				{name: "pusher", needs: "http.Pusher"},
				{name: "readerFrom", needs: "io.ReaderFrom"},
				{name: "stringWriter", needs: "io.StringWriter"},
				{name: "unwrapper", needs: "unwraps"},
			},
		},
	},
	"revsql": {
		{
			function: "combineConn", base: "*conn", bare: "driver.Conn", result: "driver.Conn",
			facets: []facet{
				{name: "pinger", needs: "driver.Pinger"},
				{name: "execer", needs: "driver.ExecerContext"},
				{name: "queryer", needs: "driver.QueryerContext"},
				{name: "preparer", needs: "driver.ConnPrepareContext"},
				{name: "beginner", needs: "driver.ConnBeginTx"},
				{name: "checker", needs: "driver.NamedValueChecker"},
			},
		},
		{
			function: "combineStmt", base: "*stmt", bare: "driver.Stmt", result: "driver.Stmt",
			facets: []facet{
				{name: "stmtExecer", needs: "driver.StmtExecContext"},
				{name: "stmtQueryer", needs: "driver.StmtQueryContext"},
				{name: "checker", needs: "driver.NamedValueChecker"},
				{name: "converter", needs: "columnConverter"},
			},
		},
		{
			function: "combineRows", base: "*rows", bare: "driver.Rows", result: "driver.Rows",
			facets: []facet{
				{name: "nextSet", needs: "driver.RowsNextResultSet"},
				{name: "scanTyper", needs: "driver.RowsColumnTypeScanType"},
				{name: "typeNamer", needs: "driver.RowsColumnTypeDatabaseTypeName"},
				{name: "lengther", needs: "driver.RowsColumnTypeLength"},
				{name: "nullabler", needs: "driver.RowsColumnTypeNullable"},
				{name: "precisioner", needs: "driver.RowsColumnTypePrecisionScale"},
			},
		},
	},
}

// imports has, for each package, what its file imports.
var imports = map[string][]string{
	"revio":   {"io", "io/fs", "net", "syscall"},
	"revhttp": {"io", "net/http"},
	"revsql":  {"database/sql/driver"},
}

func main() {
	log.SetFlags(0)
	wd, err := os.Getwd()
	if err != nil {
		log.Fatal(err)
	}
	name := filepath.Base(wd)
	if kinds[name] == nil {
		log.Fatalf("combine knows no package %s", name)
	}
	src, err := generate(name)
	if err != nil {
		log.Fatal(err)
	}
	tests, err := generateTests(name)
	if err != nil {
		log.Fatal(err)
	}
	for file, content := range map[string][]byte{"combinations.go": src, "combinations_test.go": tests} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// generateTests makes, for each kind, an object for each combination. What it is made of is in the tests: for a
// base or a facet fileBase a type bareFileBase with its methods and no others.
func generateTests(name string) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by combine; DO NOT EDIT.\n\npackage %s\n", name)
	for _, k := range kinds[name] {
		fmt.Fprintf(&b, "\nvar %sBares = []any{\n", k.function)
		all := 1<<len(k.facets) - 1
		for has := range all + 1 {
			if k.clash(has) {
				continue
			}
			types := []string{bareName(k.base)}
			for i, f := range k.facets {
				if has>>i&1 == 1 {
					types = append(types, bareName(f.name))
				}
			}
			fmt.Fprintf(&b, "struct{%s}{},\n", strings.Join(types, "; "))
		}
		if k.extra.name != "" {
			types := []string{bareName(k.base), bareName(k.extra.name)}
			for _, f := range k.facets {
				types = append(types, bareName(f.name))
			}
			fmt.Fprintf(&b, "struct{%s}{},\n", strings.Join(types, "; "))
		}
		b.WriteString("}\n")
	}
	return format.Source(b.Bytes())
}

func bareName(name string) string {
	name = strings.TrimPrefix(name, "*")
	return "bare" + strings.ToUpper(name[:1]) + name[1:]
}

func generate(name string) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated by combine; DO NOT EDIT.\n\npackage %s\n\nimport (\n", name)
	for _, path := range imports[name] {
		fmt.Fprintf(&b, "%q\n", path)
	}
	b.WriteString(")\n")
	for _, k := range kinds[name] {
		k.write(&b)
	}
	return format.Source(b.Bytes())
}

func (k kind) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "\nfunc %s(b %s, o %s, bare %s) %s {\nvar has uint\n", k.function, k.base, k.object(), k.bare, k.result)
	for i, f := range k.facets {
		fmt.Fprintf(b, "f%d, ok := bare.(%s)\nif ok {\nhas |= 1 << %d\n}\n", i, f.needs, i)
	}
	all := 1<<len(k.facets) - 1
	b.WriteString("switch has {\n")
	for has := range all + 1 {
		if k.clash(has) {
			continue
		}
		types, values := []string{k.base}, []string{"b"}
		for i, f := range k.facets {
			if has>>i&1 == 1 {
				types = append(types, f.name)
				values = append(values, fmt.Sprintf("%s{o, f%d}", f.name, i))
			}
		}
		fmt.Fprintf(b, "case %#b:\n", has)
		if x := k.extra; has == all && x.name != "" {
			fmt.Fprintf(b, "if x, ok := bare.(%s); ok {\nreturn &struct{%s; %s}{%s, %s{o, x}}\n}\n",
				x.needs, strings.Join(types, "; "), x.name, strings.Join(values, ", "), x.name)
		}
		fmt.Fprintf(b, "return &struct{%s}{%s}\n", strings.Join(types, "; "), strings.Join(values, ", "))
	}
	fmt.Fprintf(b, "}\npanic(\"combine: an impossible combination\")\n}\n")
}

// clash reports whether no object has the combination.
func (k kind) clash(has int) bool {
	for i, f := range k.facets {
		for j, g := range k.facets {
			if has>>i&1 == 1 && has>>j&1 == 1 && strings.Contains(" "+f.without+" ", " "+g.name+" ") {
				return true
			}
		}
	}
	return false
}
