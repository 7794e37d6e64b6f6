package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A suite is the test data of an analyzer.
type suite struct {
	name    string
	source  string   // module@version, or git:owner/name@commit
	folders []string // of the test data: each becomes a module, if it is none
	imports []string // of the test data's own packages, which only GOPATH would find
}

var suites = []suite{
	{"bodyclose", "github.com/timakin/bodyclose@v0.0.0-20260723120731-857993a2939c", []string{"passes/bodyclose/testdata/src"}, []string{"handledresponse"}},
	{"rowserrcheck", "github.com/jingyugao/rowserrcheck@v1.1.1", []string{"passes/rowserr/testdata/src"}, nil},
	{"sqlclosecheck", "git:ryanrolds/sqlclosecheck@3ec3977f7977483ca742779e6d95082d38995c89", []string{"pkg/analyzer/testdata", "testdata/sqlx_examples"}, nil},
	{"spancheck", "git:jjti/go-spancheck@41460ddf876c71fc78819068e02b33c1a103d533", []string{"testdata/base", "testdata/disableerrorchecks", "testdata/enableall"}, nil},
	{"zerologlint", "git:ykadowak/zerologlint@c1b43cbebb53500babba219fa4365c380b5683f6", []string{"testdata/src/a"}, nil},
	{"lostcancel", "golang.org/x/tools@v0.52.0", []string{"go/analysis/passes/lostcancel/testdata/src"}, nil},
}

// copyTo copies the test data into folders of work, each a module, and lists these.
func (s *suite) copyTo(work string) ([]string, error) {
	source, err := s.download(work + ".source")
	if err != nil {
		return nil, err
	}
	var modules []string
	for _, folder := range s.folders {
		module := filepath.Join(work, filepath.Base(folder))
		if err := os.CopyFS(module, os.DirFS(filepath.Join(source, folder))); err != nil {
			return nil, err
		}
		if err := os.RemoveAll(filepath.Join(module, "vendor")); err != nil {
			return nil, err
		}
		for _, p := range s.imports {
			err := edit(work, func(text string) string { return strings.ReplaceAll(text, strconv.Quote(p), strconv.Quote("peers/"+p)) })
			if err != nil {
				return nil, err
			}
		}
		if err := s.require(source, folder, module); err != nil {
			return nil, err
		}
		modules = append(modules, module)
	}
	return modules, nil
}

// download gets the source of the suite and says where it is; a repository goes to the folder repository.
func (s *suite) download(repository string) (string, error) {
	if where, ok := strings.CutPrefix(s.source, "git:"); ok {
		name, commit, _ := strings.Cut(where, "@")
		base := cmp.Or(os.Getenv("GIT"), "https://github.com")
		if err := command(".", "git", "clone", "--quiet", "--no-checkout", base+"/"+name, repository); err != nil {
			return "", err
		}
		return repository, command(repository, "git", "checkout", "--quiet", commit)
	}
	c := exec.Command("go", "mod", "download", "-json", s.source)
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	text, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", s.source, err, text)
	}
	var m struct{ Dir string }
	return m.Dir, json.Unmarshal(text, &m)
}

// require gives module a go.mod: its own, that of the repository which it is a folder of, or one that requires nothing.
func (s *suite) require(source, folder, module string) error {
	name := filepath.Join(module, "go.mod")
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	text := []byte("module peers\n\ngo 1.26\n")
	if strings.HasPrefix(s.source, "git:") {
		var err error
		if text, err = os.ReadFile(filepath.Join(source, "go.mod")); err != nil {
			return err
		}
	}
	return os.WriteFile(name, text, 0o666)
}

// edit changes all Go files below work.
func edit(work string, change func(string) string) error {
	return each(work, func(name string) error {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.Chmod(name, 0o666); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(change(string(text))), 0o666)
	})
}

func each(work string, do func(name string) error) error {
	return filepath.WalkDir(work, func(name string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		return do(name)
	})
}
