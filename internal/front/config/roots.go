package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
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

// Hash returns a hash of what program writes and of the configuration and
// stubs at the roots. Modules without any have no part in it, so that copies
// of one module share what has been computed.
func Hash(roots []string, program func(io.Writer) error) ([]byte, error) {
	h := sha256.New()
	if err := program(h); err != nil {
		return nil, err
	}
	for _, root := range roots {
		files := []string{filepath.Join(root, FileName)}
		entries, err := os.ReadDir(filepath.Join(root, StubFolder))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries { // sorted by name
			if filepath.Ext(e.Name()) == ".go" {
				files = append(files, filepath.Join(root, StubFolder, e.Name()))
			}
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(h, "%q %d\n", file, len(data))
			h.Write(data)
		}
	}
	return h.Sum(nil), nil
}
