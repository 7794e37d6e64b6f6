package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/revlint/revlint/internal/oracle/gen"
	"github.com/revlint/revlint/internal/oracle/twin/core"
)

//go:embed world
var world embed.FS

// A workshop is a module in which programs are written, analysed and run.
type workshop struct {
	dir      string // of the module
	revlint  string // the tool
	packages []*gen.Package
}

// newWorkshop makes the module, and builds revlint, from the repository around the current directory.
func newWorkshop(dir string) (*workshop, error) {
	root, err := output(".", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/revlint/revlint")
	if err != nil {
		return nil, err
	}
	root = strings.TrimSpace(root)
	w := &workshop{dir: dir, revlint: filepath.Join(dir, "bin", "revlint")}
	files := map[string]string{
		"go.mod": "module github.com/revlint/revlint/internal/oracle/batch\n\ngo 1.26.0\n\n" +
			"require (\n\tgithub.com/revlint/revlint v0.0.0\n\tgithub.com/revlint/revlint/revocable v0.0.0\n\texample.org/store v0.0.0\n)\n\n" +
			"replace (\n\tgithub.com/revlint/revlint => " + root + "\n\tgithub.com/revlint/revlint/revocable => " + filepath.Join(root, "revocable") + "\n" +
			"\texample.org/store => ./store\n)\n",
		"store/go.mod":      "module example.org/store\n\ngo 1.26.0\n",
		"store/store.go":    text("store/store.go"),
		".revlint/store.go": text("stubs/store.go"),
	}
	for _, side := range sides {
		files[side.name+"/gen/res/res.go"] = side.write(text("res.go"))
		files[side.name+"/gen/help/help.go"] = side.write(strings.Replace(text("help.go"), "PACKAGE",
			"// Package help has what programs of several packages use.\npackage help", 1))
	}
	for name, content := range files {
		if err := w.file(name, content); err != nil {
			return nil, err
		}
	}
	if _, err := output(root, "go", "build", "-o", w.revlint, "./cmd/revlint"); err != nil {
		return nil, err
	}
	return w, nil
}

// The sides are the two ways in which a program is written.
var sides = []struct {
	name  string
	write func(string) string
}{{"real", gen.Real}, {"twin", gen.Twin}}

func text(name string) string {
	b, err := fs.ReadFile(world, "world/"+name+".txt")
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (w *workshop) file(name, content string) error {
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o666)
}

// local is the text of the helpers that each package has: those of the package help, but for the World, which
// all share.
func (w *workshop) local() string {
	before, rest, _ := strings.Cut(text("help.go"), "// A World")
	_, after, _ := strings.Cut(rest, "\n}\n")
	return before + after
}

// write writes packages in place of those that are there.
func (w *workshop) write(packages []*gen.Package, limit int) error {
	for _, p := range w.packages {
		for _, side := range sides {
			if err := os.RemoveAll(filepath.Join(w.dir, side.name, "gen", p.Name)); err != nil {
				return err
			}
		}
	}
	w.packages = packages
	main := "package main\n\nimport (\n\"encoding/json\"\n\"os\"\n" +
		"\"github.com/revlint/revlint/internal/oracle/twin/core\"\n"
	calls := ""
	for _, p := range packages {
		local := strings.Replace(w.local(), "PACKAGE", "package "+p.Name, 1)
		for _, side := range sides {
			dir := side.name + "/gen/" + p.Name + "/"
			if err := errors.Join(w.file(dir+"programs.go", side.write(p.Text())), w.file(dir+"local.go", side.write(local))); err != nil {
				return err
			}
		}
		if err := w.file("twin/gen/"+p.Name+"/drive.go", gen.Twin(p.Driver(limit))); err != nil {
			return err
		}
		main += fmt.Sprintf("%q\n", "github.com/revlint/revlint/internal/oracle/batch/twin/gen/"+p.Name)
		calls += p.Name + ".Drive()\n"
	}
	main += ")\n\nfunc main() {\n" + calls + "json.NewEncoder(os.Stdout).Encode(core.Reports())\n}\n"
	return w.file("twin/main.go", main)
}

// A finding is what revlint says of a line.
type finding struct {
	Analyzer string
	Message  string
	Package  string
	File     string // "p0/programs.go"
	Line     int
	Unproved bool
}

// analyse runs revlint with -strict.
func (w *workshop) analyse() ([]finding, error) {
	cmd := exec.Command(w.revlint, "-strict", "-f", "json", "./real/...")
	cmd.Dir = w.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 1) {
		return nil, fmt.Errorf("revlint: %w\n%s%s", err, stderr.Bytes(), firstLines(out))
	}
	var report struct {
		Findings []struct {
			Analyzer, Message, Package, File string
			Line                             int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("revlint: %w", err)
	}
	var fs []finding
	for _, f := range report.Findings {
		file := filepath.ToSlash(f.File)
		if i := strings.LastIndex(file, "real/gen/"); i >= 0 {
			file = file[i+len("real/gen/"):]
		}
		fs = append(fs, finding{f.Analyzer, f.Message, f.Package, file, f.Line,
			strings.Contains(f.Message, "cannot be proved") || strings.HasPrefix(f.Message, "nothing in ")})
	}
	return fs, nil
}

func firstLines(b []byte) []byte { return b[:min(len(b), 2000)] }

// run runs the programs in all their ways.
func (w *workshop) run() ([]core.Report, error) {
	exe := filepath.Join(w.dir, "bin", "twin")
	if _, err := output(w.dir, "go", "build", "-gcflags=-N -l", "-ldflags=-s", "-o", exe, "./twin"); err != nil {
		return nil, err
	}
	out, err := output(w.dir, exe)
	if err != nil {
		return nil, err
	}
	var reports []core.Report
	if err := json.Unmarshal([]byte(out), &reports); err != nil {
		return nil, err
	}
	return reports, nil
}

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, firstLines(stderr.Bytes()))
	}
	return string(out), nil
}
