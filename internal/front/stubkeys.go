package front

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/front/config"
)

// A reach tells of the user's stubs and the packages of their modules.
type reach struct {
	flags []string        // for the go command
	short map[string]bool // the packages, by import path, for which some stub is out of reach
}

// stubKeys returns flags for the go command that make the user's stubs part of
// the inputs of a package: of those packages alone that can reach, by their
// imports, what a stub describes. The others keep what the go command has in its
// cache, the standard library first of all.
//
// The flag is one of the compiler's that has no effect, a variable of its
// environment, for what the compiler is told is what the go command allows to
// be said of single packages. In this run it goes before flags of the user's for
// the compiler, of which analyses know nothing.
func (v *vetRun) stubKeys(ctx context.Context, patterns []string, layer *overlay) (*reach, error) {
	out := &reach{short: make(map[string]bool)}
	roots, err := config.RootsFrom(v.dir)
	if err != nil {
		return nil, err
	}
	stubs := make(map[string][]stubFile) // by root
	for _, root := range roots {
		found, err := stubsAt(root)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			stubs[root] = found
		}
	}
	if len(stubs) == 0 {
		return out, nil
	}
	packages, err := v.listDeps(ctx, patterns, layer.flags...)
	if err != nil {
		return nil, err
	}
	described := make(map[string]map[string]bool) // by import path: the stub files within reach
	rootOf, dirOf := make(map[string]string), make(map[string]string)
	for _, p := range packages {
		path, _, _ := strings.Cut(p.ImportPath, " ") // "p [p.test]"
		root := p.root(path)
		if stubs[root] == nil {
			continue
		}
		rootOf[path], dirOf[path] = root, p.Dir
		for _, s := range stubs[root] {
			if s.path == path || slices.Contains(p.Deps, s.path) {
				if described[path] == nil {
					described[path] = make(map[string]bool)
				}
				described[path][s.File] = true
			}
		}
	}
	for path, root := range rootOf {
		out.short[path] = len(described[path]) < len(stubs[root])
	}
	for _, path := range slices.Sorted(maps.Keys(described)) {
		hash := sha256.New()
		if err := config.HashStubs(hash, rootOf[path], func(file string, _ []byte) bool { return described[path][file] }); err != nil {
			return nil, err
		}
		// The last flag for a package counts alone, so this one has what an overlay adds.
		fmt.Fprint(hash, layer.keys[dirOf[path]])
		out.flags = append(out.flags, fmt.Sprintf("-gcflags=%s=-env=REVLINT_STUBS=%x", path, hash.Sum(nil)[:8]))
	}
	return out, nil
}

// A listedPackage is what go list tells of one.
type listedPackage struct {
	ImportPath string
	Dir        string
	Deps       []string
	Module     *module
}

// root is the root of the main module that the package, called path, is of; ""
// if it is of none. Files on the command line are a package without a module.
func (p *listedPackage) root(path string) string {
	switch {
	case p.Module != nil && p.Module.Main:
		return p.Module.Dir
	case p.Module == nil && path == "command-line-arguments":
		return config.RootOf(p.Dir)
	}
	return ""
}

// listDeps lists the packages that the patterns stand for, their tests and what
// they import; flags are more of them for the go command.
func (v *vetRun) listDeps(ctx context.Context, patterns []string, flags ...string) ([]*listedPackage, error) {
	packages, err := goList[listedPackage](ctx, v, patterns, append(flags, "-deps", "-test", "-json=ImportPath,Dir,Deps,Module")...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, nil // go vet fails alike, and says why
	}
	for _, p := range packages {
		if p.Module != nil {
			p.Module.Dir = filepath.Clean(p.Module.Dir)
		}
	}
	return packages, err
}

// goList has the go command list the packages that the patterns stand for; a T has
// the fields that -json, one of the flags, asks for.
func goList[T any](ctx context.Context, v *vetRun, patterns []string, flags ...string) (packages []*T, err error) {
	args := append([]string{"list", "-e"}, flags...)
	if v.tags != "" {
		args = append(args, "-tags="+v.tags)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), patterns...)...)
	cmd.Dir = v.dir
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	for in := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(T)
		if err := in.Decode(p); err == io.EOF {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %v", err)
		}
		packages = append(packages, p)
	}
}
