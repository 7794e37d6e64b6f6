package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestDrivers checks that the drivers of this command find the same in the
// labelled packages, and that this is what the labels say: the front, bare go
// vet and the language server. golangci/check.sh does so for golangci-lint.
func TestDrivers(t *testing.T) {
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	corpus := filepath.Join(repository, "testdata/src")
	revlint, err := exec.LookPath("revlint")
	if err != nil {
		t.Fatal(err)
	}
	wanted := corpusLabels(t, corpus)
	if len(wanted) < 100 {
		t.Fatalf("only %d labels", len(wanted))
	}
	for _, driver := range []struct {
		name string
		find func(*testing.T) []string
	}{
		{"front", func(t *testing.T) []string { return findByFront(t, revlint, corpus) }},
		{"go vet", func(t *testing.T) []string { return findByVet(t, revlint, corpus) }},
		{"lsp", func(t *testing.T) []string { return findByEditor(t, corpus) }},
	} {
		t.Run(driver.name, func(t *testing.T) {
			found := driver.find(t)
			for _, f := range missing(wanted, found) {
				t.Errorf("not found: %s", f)
			}
			for _, f := range missing(found, wanted) {
				t.Errorf("found, and not labelled: %s", f)
			}
		})
	}
}

// place is how findings are compared: file from the corpus, line, analyzer.
func place(corpus, file string, line int, analyzer string) string {
	if rel, err := filepath.Rel(corpus, file); err == nil {
		file = filepath.ToSlash(rel)
	}
	return fmt.Sprintf("%s:%d: %s", file, line, analyzer)
}

// missing returns those of list that are not in other.
func missing(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

// unique sorts places, and drops repetitions: two findings on a line, or the
// same in a package and in its test variant.
func unique(places []string) []string {
	slices.Sort(places)
	return slices.Compact(places)
}

var corpusLabel = regexp.MustCompile(`// want ([a-z]+(?: [a-z]+)*)$`)

func corpusLabels(t *testing.T, corpus string) (places []string) {
	for _, file := range corpusFiles(t, corpus) {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(source), "\n") {
			if m := corpusLabel.FindStringSubmatch(line); m != nil {
				for analyzer := range strings.FieldsSeq(m[1]) {
					places = append(places, place(corpus, file, i+1, analyzer))
				}
			}
		}
	}
	return unique(places)
}

func corpusFiles(t *testing.T, corpus string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(corpus, func(path string, e os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".go" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// output runs a command that finds something, and returns what it prints.
func output(t *testing.T, dir, name string, args ...string) (stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("%s: %v, want exit code 1\n%s", name, err, errs.String())
	}
	return out.String(), errs.String()
}

// withRanges checks that all that can be found, strictness and hints included, and
// every note, is about a piece of code: none is at a mere point.
func withRanges(t *testing.T, revlint, corpus string) {
	type span struct{ Line, Column, EndLine, EndColumn int }
	var report struct {
		Findings []struct {
			span
			File, Message string
			Related       []struct {
				span
				File, Message string
			}
		}
	}
	out, _ := output(t, corpus, revlint, "-f", "json", "-strict", "-hints", "./...")
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&report); err != nil {
		t.Fatal(err)
	}
	check := func(s span, file, message string) {
		if s.EndLine < s.Line || s.EndLine == s.Line && s.EndColumn <= s.Column {
			t.Errorf("%s:%d:%d: %s: has no range", file, s.Line, s.Column, message)
		}
	}
	for _, f := range report.Findings {
		check(f.span, f.File, f.Message)
		last := ""
		if n := len(f.Related); n > 0 {
			last = f.Related[n-1].Message
		}
		if strings.Contains(f.Message, "be proved") && !strings.HasPrefix(last, "to have it proved: ") {
			t.Errorf("%s:%d:%d: %s: without a cure", f.File, f.Line, f.Column, f.Message)
		}
		for _, r := range f.Related {
			check(r.span, r.File, r.Message)
		}
	}
}

func findByFront(t *testing.T, revlint, corpus string) (places []string) {
	out, _ := output(t, corpus, revlint, "-f", "json", "./...")
	var report struct {
		Findings []struct {
			File     string
			Line     int
			Analyzer string
		}
	}
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&report); err != nil {
		t.Fatal(err)
	}
	withRanges(t, revlint, corpus)
	for _, f := range report.Findings {
		if !filepath.IsAbs(f.File) {
			f.File = filepath.Join(corpus, f.File)
		}
		places = append(places, place(corpus, f.File, f.Line, f.Analyzer))
	}
	return unique(places)
}

// vetLine is a line of go vet: related positions are indented and end in no name.
var vetLine = regexp.MustCompile(`^(?:vet: )?(\S+\.go):([0-9]+):[0-9]+: .*\(([a-z]+)\)$`)

func findByVet(t *testing.T, revlint, corpus string) (places []string) {
	_, errs := output(t, corpus, "go", "vet", "-vettool="+revlint, "./...")
	for line := range strings.Lines(errs) {
		if m := vetLine.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			n, err := strconv.Atoi(m[2])
			if err != nil {
				t.Fatal(err)
			}
			places = append(places, place(corpus, filepath.Join(corpus, m[1]), n, m[3]))
		}
	}
	return unique(places)
}

// findByEditor opens a file of every package. A run for one is superseded by
// the next, so what counts is what was published last.
func findByEditor(t *testing.T, corpus string) (places []string) {
	e := startEditor(t, "revlint")
	opened := make(map[string]string) // by folder
	for _, file := range corpusFiles(t, corpus) {
		if dir := filepath.Dir(file); opened[dir] == "" {
			opened[dir] = file
			e.open(file)
		}
	}
	last := make(map[string][]diagnostic)
	waiting := make(map[string]bool)
	for _, file := range opened {
		waiting[fileURI(file)] = true
	}
	// Only the last run is of all files, and it publishes all before it takes
	// the next request.
	for len(waiting) > 0 {
		select {
		case p := <-e.published:
			last[p.URI] = p.Diagnostics
			delete(waiting, p.URI)
		case m := <-e.messages:
			t.Fatal(m)
		case <-e.DisconnectNotify():
			t.Fatal(io.ErrUnexpectedEOF)
		}
	}
	e.quit()
	for len(e.published) > 0 {
		p := <-e.published
		last[p.URI] = p.Diagnostics
	}
	for uri, diagnostics := range last {
		u, err := url.Parse(uri)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range diagnostics {
			places = append(places, place(corpus, filepath.FromSlash(u.Path), d.Range.Start.Line+1, d.Code))
		}
	}
	return unique(places)
}
