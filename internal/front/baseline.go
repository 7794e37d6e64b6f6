package front

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
)

// A baseline is a list of findings that are known and to be left alone. Lines
// have no part in it: they change with every edit above them.
type baseline struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`
}

const baselineVersion = 1

// A baselineEntry stands for Count findings that only their lines tell apart.
type baselineEntry struct {
	baselineKey
	Count int `json:"count"`
}

type baselineKey struct {
	Check    string `json:"check"`
	File     string `json:"file"` // slash-separated, from the folder that the baseline is in
	Function string `json:"function,omitempty"`
	Message  string `json:"message"`
}

// applyBaseline returns the findings of r that are not in the baseline file;
// if there is no such file, it writes one of all of them. Mistakes in
// contracts cannot be left alone.
func (f *front) applyBaseline(file string, r *report) ([]*Finding, error) {
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return nil, fmt.Errorf("-baseline: %v", err)
	}
	known, err := readBaseline(file)
	if errors.Is(err, fs.ErrNotExist) {
		if r.failed {
			return nil, fmt.Errorf("-baseline: %s is not written, for some packages could not be analysed:\n%s", file, r.failures)
		}
		return f.writeBaseline(file, dir, r.findings)
	}
	if err != nil {
		return nil, fmt.Errorf("-baseline: %v", err)
	}
	var fresh []*Finding
	for _, d := range r.findings {
		if k := keyOf(d, dir); d.Analyzer != contractAnalyzer && known[k] > 0 {
			known[k]--
		} else {
			fresh = append(fresh, d)
		}
	}
	return fresh, nil
}

func keyOf(d *Finding, dir string) baselineKey {
	file, err := filepath.Rel(dir, d.File)
	if err != nil {
		file = d.File
	}
	return baselineKey{Check: d.Analyzer, File: filepath.ToSlash(file), Function: d.Function, Message: d.Message}
}

func readBaseline(file string) (map[baselineKey]int, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var b baseline
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(&b); err != nil {
		line := 1 + bytes.Count(data[:min(int(in.InputOffset()), len(data))], []byte("\n"))
		return nil, fmt.Errorf("%s:%d: %v", file, line, err)
	}
	if b.Version != baselineVersion {
		return nil, fmt.Errorf("%s: it is of version %d, this revlint writes and reads version %d", file, b.Version, baselineVersion)
	}
	known := make(map[baselineKey]int)
	for _, e := range b.Findings {
		known[e.baselineKey] += e.Count
	}
	return known, nil
}

// writeBaseline writes all findings to file and returns those that cannot be
// in a baseline.
func (f *front) writeBaseline(file, dir string, findings []*Finding) ([]*Finding, error) {
	b := baseline{Version: baselineVersion, Findings: []baselineEntry{}}
	index := make(map[baselineKey]int)
	var rest []*Finding
	for _, d := range findings { // they are sorted, so the file is
		if d.Analyzer == contractAnalyzer {
			rest = append(rest, d)
			continue
		}
		k := keyOf(d, dir)
		i, ok := index[k]
		if !ok {
			i = len(b.Findings)
			index[k] = i
			b.Findings = append(b.Findings, baselineEntry{baselineKey: k})
		}
		b.Findings[i].Count++
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
		return nil, fmt.Errorf("-baseline: %v", err)
	}
	fmt.Fprintf(f.stderr, "revlint: wrote %s to %s\n", count(len(findings)-len(rest), "finding"), file)
	return rest, nil
}

// locateFunctions sets the Function of every finding.
func locateFunctions(findings []*Finding) {
	type function struct {
		name     string
		from, to int
	}
	files := make(map[string][]function)
	for _, d := range findings {
		functions, ok := files[d.File]
		if !ok {
			fset := token.NewFileSet()
			// A file that does not parse, or is not there (//line), has no
			// functions to name.
			f, err := parser.ParseFile(fset, d.File, nil, parser.SkipObjectResolution)
			if err == nil {
				for _, decl := range f.Decls {
					if fn, ok := decl.(*ast.FuncDecl); ok {
						from, to := fset.PositionFor(fn.Pos(), false), fset.PositionFor(fn.End(), false)
						functions = append(functions, function{functionName(fn), from.Line, to.Line})
					}
				}
			}
			files[d.File] = functions
		}
		for _, fn := range functions {
			if fn.from <= d.Line && d.Line <= fn.to {
				d.Function = fn.name
			}
		}
	}
}

// functionName is the name of a function, or Type.Name of a method.
func functionName(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	recv := fn.Recv.List[0].Type
	for {
		switch t := recv.(type) {
		case *ast.StarExpr:
			recv = t.X
		case *ast.ParenExpr:
			recv = t.X
		case *ast.IndexExpr:
			recv = t.X
		case *ast.IndexListExpr:
			recv = t.X
		case *ast.Ident:
			return t.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}

// count is "1 finding", "2 findings".
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
