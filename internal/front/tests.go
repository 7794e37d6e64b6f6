package front

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// leaveTests returns the test files that are not looked at, and the patterns without
// the packages that consist of nothing else, of which the go command would say that
// they do not exist. What the files import, and nothing else does, is not analysed
// either.
func (v *vetRun) leaveTests(ctx context.Context) (files, patterns []string, err error) {
	if v.tests == nil {
		return nil, v.patterns, nil
	}
	type listed struct {
		ImportPath, Dir                              string
		GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
		Error                                        *struct{}
		Module                                       *module
	}
	packages, err := goList[listed](ctx, v, v.patterns, "-json=ImportPath,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Error,Module")
	if err != nil {
		return nil, v.patterns, nil // go vet fails alike, and says why
	}
	var rest []string
	for _, p := range packages {
		tests := slices.Concat(p.TestGoFiles, p.XTestGoFiles)
		isEmpty := false
		if len(tests) > 0 && !v.tests(p.Dir) && !p.Module.isDownloaded() {
			for _, name := range tests {
				files = append(files, filepath.Join(p.Dir, name))
			}
			isEmpty = len(p.GoFiles)+len(p.CgoFiles) == 0 && p.Error == nil
		}
		if !isEmpty {
			rest = append(rest, p.ImportPath)
		}
	}
	switch {
	case strings.HasSuffix(v.patterns[0], ".go"): // files, which are one package
		return files, slices.DeleteFunc(slices.Clone(v.patterns), func(name string) bool {
			return slices.ContainsFunc(files, func(f string) bool { return filepath.Base(f) == filepath.Base(name) })
		}), nil
	case len(rest) == len(packages):
		return files, v.patterns, nil
	}
	return files, rest, nil
}

// A module is that of a package, as far as go list says.
type module struct {
	Dir     string
	Main    bool
	Version string
	Replace *module
}

// isDownloaded reports whether the files of m are those of the module cache, which the go command lets nobody
// replace: units leave the tests among them out, see dropTests.
func (m *module) isDownloaded() bool {
	switch {
	case m == nil || m.Main:
		return false
	case m.Replace != nil:
		return m.Replace.Version != ""
	}
	return m.Version != ""
}

// testsWanted reports whether a unit is to look at test files: the last -tests among
// its flags says so.
func testsWanted(flags []string) bool {
	wanted := true
	for _, flag := range flags {
		name, value, given := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(flag, "-"), "-"), "=")
		if name != "tests" || !strings.HasPrefix(flag, "-") {
			continue
		}
		if on, err := strconv.ParseBool(value); err == nil || !given {
			wanted = on || !given
		}
	}
	return wanted
}

// dropTests takes the test files out of what a unit is to analyse: they are not
// even parsed. A unit of nothing else has nothing to do, and the process ends. The
// go command has their imports analysed all the same, except for the front, which
// tells it that there are no such files.
func dropTests(args []string) error {
	name := args[len(args)-1]
	if filepath.Ext(name) != ".cfg" {
		return nil
	}
	u, err := readUnit(name)
	if err != nil {
		return err
	}
	var files []string
	if err := json.Unmarshal(u["GoFiles"], &files); err != nil {
		return fmt.Errorf("%s: %v", name, err)
	}
	rest := slices.DeleteFunc(slices.Clone(files), func(file string) bool { return strings.HasSuffix(file, "_test.go") })
	switch len(rest) {
	case len(files):
		return nil
	case 0:
		if slices.ContainsFunc(args, func(flag string) bool { return strings.TrimLeft(flag, "-") == "json" }) {
			fmt.Println("{}")
		}
		os.Exit(0)
	}
	if u["GoFiles"], err = json.Marshal(rest); err != nil {
		return err
	}
	args[len(args)-1], err = u.write(name, ".files.cfg")
	return err
}
