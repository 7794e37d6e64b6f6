package front

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// A stubTarget is the package that a command is to write a stub for, and the stub
// that there is, if any.
type stubTarget struct {
	command string
	root    string // of the module at hand
	pkg     *packages.Package
	version string // of its module
	have    string // file of the user's stub for it; "" if there is none
}

// stubTarget loads the one package that a command names.
func (f *front) stubTarget(ctx context.Context, o *options, command string) (*stubTarget, error) {
	if len(o.patterns) != 1 {
		return nil, fmt.Errorf("%s takes one package, not %d", command, len(o.patterns))
	}
	root, err := moduleRoot()
	if err != nil {
		return nil, fmt.Errorf("%s: %v: stubs belong to a module", command, err)
	}
	pkg, err := loadPackage(ctx, o, o.patterns[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %v", command, err)
	}
	return newStubTarget(command, root, pkg)
}

func newStubTarget(command, root string, pkg *packages.Package) (t *stubTarget, err error) {
	t = &stubTarget{command: command, root: root, pkg: pkg}
	if pkg.Module != nil {
		t.version = pkg.Module.Version
	}
	t.have, err = stubFor(root, pkg.PkgPath)
	return t, err
}

// write writes the stub where there is none. It never writes over a file, nor
// beside one for the same package: two stubs may not speak of one declaration.
func (t *stubTarget) write(text []byte) (file string, err error) {
	file = filepath.Join(t.root, config.StubFolder, t.pkg.Name+".go")
	if _, err := os.Lstat(file); err == nil {
		return "", fmt.Errorf("%s: %s exists already", t.command, shortPath(file))
	}
	if t.have != "" {
		return "", fmt.Errorf("%s: %s is for %s already", t.command, shortPath(t.have), t.pkg.PkgPath)
	}
	if err := writeNew(file, text); err != nil {
		return "", fmt.Errorf("%s: %v", t.command, err)
	}
	return file, nil
}

// enableContracts is "revlint contracts enable": it makes the contracts of a
// package count that the catalogue has and does not use. A file that disable has
// written goes.
func (f *front) enableContracts(ctx context.Context, o *options) (int, error) {
	t, err := f.stubTarget(ctx, o, "contracts enable")
	if err != nil {
		return exitFailed, err
	}
	if removed, err := t.removeIf(noContracts(t.pkg)); err != nil {
		return exitFailed, err
	} else if removed {
		fmt.Fprintf(f.stdout, "%s: removed\n", shortPath(t.have))
		t.have = ""
	}
	state := analyzers.InCatalogue(t.pkg.Types, t.version)
	switch {
	case !state.On && !state.Off:
		return exitFailed, fmt.Errorf("%s: the catalogue has nothing for %s: revlint contracts init %[2]s makes a start", t.command, t.pkg.PkgPath)
	case !state.Off:
		fmt.Fprintf(f.stdout, "the contracts of %s are on: there is nothing to write\n", t.pkg.PkgPath)
		return exitClean, nil
	}
	text, err := analyzers.CatalogueStub(t.pkg.Types, t.pkg.Syntax, t.version)
	if errors.Is(err, analyzers.ErrNothing) {
		return exitFailed, fmt.Errorf("%s: of what the catalogue has for %s nothing fits its version", t.command, t.pkg.PkgPath)
	} else if err != nil {
		return exitFailed, fmt.Errorf("%s: %v", t.command, err)
	}
	file, err := t.write(text)
	if err != nil {
		return exitFailed, err
	}
	_, err = fmt.Fprintf(f.stdout, "%s: on from now. It was off for this reason: %s\n", shortPath(file), state.Why)
	return exitClean, err
}

// disableContracts is "revlint contracts disable": it makes a package have no
// contracts in this module, neither those of its source nor of the catalogue. A
// file that enable has written goes instead.
func (f *front) disableContracts(ctx context.Context, o *options) (int, error) {
	t, err := f.stubTarget(ctx, o, "contracts disable")
	if err != nil {
		return exitFailed, err
	}
	state := analyzers.InCatalogue(t.pkg.Types, t.version)
	if text, err := analyzers.CatalogueStub(t.pkg.Types, t.pkg.Syntax, t.version); err == nil && state.Off {
		if removed, err := t.removeIf(text); err != nil {
			return exitFailed, err
		} else if removed {
			fmt.Fprintf(f.stdout, "%s: removed\n", shortPath(t.have))
			if !state.On {
				return exitClean, nil
			}
			t.have = ""
		}
	}
	if !state.On && !hasDirectives(t.pkg) {
		return exitFailed, fmt.Errorf("%s: %s has no contracts that are on", t.command, t.pkg.PkgPath)
	}
	file, err := t.write(noContracts(t.pkg))
	if err != nil {
		return exitFailed, err
	}
	_, err = fmt.Fprintf(f.stdout, "%s: %s has no contracts here from now\n", shortPath(file), t.pkg.PkgPath)
	return exitClean, err
}

// removeIf removes the stub that there is if it is the text, as a command has
// written it: what people have changed is theirs.
func (t *stubTarget) removeIf(text []byte) (bool, error) {
	if t.have == "" {
		return false, nil
	}
	have, err := os.ReadFile(t.have)
	if err != nil || !bytes.Equal(have, text) {
		return false, err
	}
	return true, os.Remove(t.have)
}

// noContracts is a stub that switches off all that source and catalogue say.
func noContracts(pkg *packages.Package) []byte {
	return fmt.Appendf(nil, "//revlint:package %s\n\n//revlint:none\npackage %s\n", pkg.PkgPath, pkg.Name)
}

// hasDirectives reports whether the package's source has contracts.
func hasDirectives(pkg *packages.Package) bool {
	for _, file := range pkg.Syntax {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, "//revlint:") {
					return true
				}
			}
		}
	}
	return false
}

// loadPackage loads the one package that the pattern stands for.
func loadPackage(ctx context.Context, o *options, pattern string) (*packages.Package, error) {
	found, err := loadPackages(ctx, o, pattern)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%s stands for %d packages: name one", pattern, len(found))
	}
	p := found[0]
	if err := loadError(p); err != nil {
		return nil, err
	}
	if p.Name == "main" {
		return nil, fmt.Errorf("%s is a command, which nobody imports", p.PkgPath)
	}
	return p, nil
}

// loadPackages loads what the patterns stand for, in the order of import paths.
func loadPackages(ctx context.Context, o *options, patterns ...string) ([]*packages.Package, error) {
	c := &packages.Config{
		Context: ctx,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedModule,
	}
	if o.tags != "" {
		c.BuildFlags = []string{"-tags=" + o.tags}
	}
	queries := make([]string, len(patterns))
	for i, p := range patterns {
		queries[i] = "pattern=" + p
	}
	found, err := packages.Load(c, queries...)
	slices.SortFunc(found, func(a, b *packages.Package) int { return strings.Compare(a.PkgPath, b.PkgPath) })
	return found, err
}

// loadError is the first reason for which the package could not be loaded; nil
// if there is none.
func loadError(p *packages.Package) error {
	if len(p.Errors) == 0 {
		return nil
	}
	why, _, _ := strings.Cut(p.Errors[0].Msg, "; to add it:")
	if strings.HasPrefix(why, "# ") { // the compiler's words, below the package's name
		_, why, _ = strings.Cut(why, "\n")
	}
	return errors.New(strings.TrimSpace(why))
}

// stubFor is the user's stub, in the module at root, for the package with the
// path; "" if there is none.
func stubFor(root, path string) (string, error) {
	stubs, err := stubsAt(root)
	if i := slices.IndexFunc(stubs, func(s stubFile) bool { return s.path == path }); i >= 0 {
		return stubs[i].File, nil
	}
	return "", err
}

// writeNew writes a file that must not exist. If that fails there is none.
func writeNew(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	w, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already", shortPath(file))
	} else if err != nil {
		return err
	}
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}
