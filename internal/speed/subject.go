//go:build unix

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A copy is a subject as it lies on this machine, and what is edited in it.
type copied struct {
	subject
	dir        string
	leaf, core *edited // nil: there is none, as in the standard library
}

// An edited is a file that is changed: a function is added that nobody calls.
type edited struct {
	pkg, file string
	original  []byte
}

func (e *edited) change(n int) error {
	text := fmt.Appendf(slices.Clone(e.original), "\nfunc speedEdit%d() int { return %d }\n", n, n)
	return os.WriteFile(e.file, text, 0o666)
}

func (e *edited) restore() error { return os.WriteFile(e.file, e.original, 0o666) }

var relative = regexp.MustCompile(`(?m)^.*=> *\.\.?/.*\n`)

// fetch copies the module, with what it requires, to where it can be edited.
func (b *bench) fetch(s subject) (*copied, error) {
	c := &copied{subject: s, dir: filepath.Join(b.work, "modules", strings.NewReplacer("/", "_", "@", "_").Replace(s.module))}
	if s.module == "std" {
		c.dir = b.work
		return c, nil
	}
	if _, err := os.Stat(c.dir); err != nil {
		out, err := b.output(b.work, "go", "mod", "download", "-json", s.module)
		var m struct{ Dir, Error string }
		if bad := json.Unmarshal(out, &m); m.Error != "" {
			return nil, errors.New(m.Error)
		} else if err = cmp.Or(err, bad); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(c.dir), 0o777); err != nil {
			return nil, err
		}
		if err := exec.Command("cp", "-r", m.Dir, c.dir).Run(); err != nil {
			return nil, fmt.Errorf("cp: %v", err)
		}
		if err := exec.Command("chmod", "-R", "u+w", c.dir).Run(); err != nil {
			return nil, fmt.Errorf("chmod: %v", err)
		}
		// A released module's go.mod may point at folders that it does not have.
		name := filepath.Join(c.dir, "go.mod")
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, relative.ReplaceAll(text, nil), 0o666); err != nil {
			return nil, err
		}
	}
	return c, b.chooseEdits(c)
}

// chooseEdits takes for the core the package of the module that most of those analysed
// import, directly or not, and for the leaf the first that none imports.
func (b *bench) chooseEdits(c *copied) error {
	out, err := b.output(c.dir, "go", append([]string{"list", "-e", "-json=ImportPath,Dir,GoFiles,Deps"}, c.patterns...)...)
	if err != nil {
		return err
	}
	type listed struct {
		ImportPath, Dir string
		GoFiles, Deps   []string
	}
	var packages []listed
	imported := make(map[string]int)
	for in := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := in.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		for _, d := range p.Deps {
			imported[d]++
		}
		if len(p.GoFiles) > 0 {
			packages = append(packages, p)
		}
	}
	most := 0
	for _, p := range packages {
		e := &edited{pkg: p.ImportPath, file: filepath.Join(p.Dir, p.GoFiles[0])}
		n := imported[p.ImportPath]
		if n == 0 && c.leaf == nil {
			c.leaf = e
		}
		if n > most {
			c.core, most = e, n
		}
	}
	for _, e := range []*edited{c.leaf, c.core} {
		if e == nil {
			continue
		}
		if e.original, err = os.ReadFile(e.file); err != nil {
			return err
		}
		// What an interrupted run has left.
		e.original, _, _ = bytes.Cut(e.original, []byte("\nfunc speedEdit"))
	}
	return nil
}
