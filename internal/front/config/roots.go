package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// StubFolder holds the user's own contracts, beside the configuration.
const StubFolder = ".revlint"

// Roots is RootsFrom the working directory.
func Roots() ([]string, error) { return RootsFrom("") }

// RootsFrom returns the root directories of the main modules: the module of
// dir ("" is the working directory), or all those of its workspace. The go
// command is asked, for it alone knows what "go env -w" has set. There may be
// none.
func RootsFrom(dir string) ([]string, error) {
	var stderr bytes.Buffer
	cmd := exec.Command("go", "env", "-json", "GOMOD", "GOWORK")
	cmd.Dir = dir
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %v %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	var env struct{ GOMOD, GOWORK string }
	if err := json.Unmarshal(out, &env); err != nil {
		return nil, fmt.Errorf("go env: %v", err)
	}
	switch {
	case env.GOWORK != "" && env.GOWORK != "off":
		return workspaceRoots(env.GOWORK)
	case env.GOMOD != "" && env.GOMOD != os.DevNull:
		return []string{filepath.Dir(env.GOMOD)}, nil
	}
	return nil, nil
}

func workspaceRoots(file string) ([]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	work, err := modfile.ParseWork(file, data, nil)
	if err != nil {
		return nil, err
	}
	var roots []string
	for _, use := range work.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(file), dir)
		}
		roots = append(roots, dir)
	}
	return roots, nil
}

// RootOf returns the root directory of the module that dir is in; "" if none.
func RootOf(dir string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// ModulePath returns the path of the module at root, as its go.mod says; "" if
// that cannot be read.
func ModulePath(root string) string {
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return ""
	}
	return modfile.ModulePath(data)
}

// HashUnits writes to w what units read of the configuration of the module at
// root when they are not the front's, and its stubs: contents, not paths, so
// that copies of a module, and modules without any, share what has been
// computed.
func (c *Config) HashUnits(w io.Writer, root string) error {
	var stubs bytes.Buffer
	if err := HashStubs(&stubs, root, nil); err != nil {
		return err
	}
	if len(c.Strict) == 0 && c.Tests && !c.Hints && stubs.Len() == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%q %q %t %t\n%s", ModulePath(root), c.Strict, c.Tests, c.Hints, stubs.Bytes())
	return err
}

// HashStubs writes the stubs of the module at root to w: their names and
// contents, of all that are wanted, which nil means.
func HashStubs(w io.Writer, root string, wanted func(file string, content []byte) bool) error {
	files, err := filepath.Glob(filepath.Join(root, StubFolder, "*.go")) // sorted
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if wanted == nil || wanted(file, data) {
			if _, err := fmt.Fprintf(w, "%q %d\n%s", filepath.Base(file), len(data), data); err != nil {
				return err
			}
		}
	}
	return nil
}
