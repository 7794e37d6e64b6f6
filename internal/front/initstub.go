package front

import (
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

// initStub is "revlint contracts init": it writes a stub for a package into the
// folder of stubs of the module at hand. It never writes over a file, nor
// beside one for the same package: two stubs may not speak of one declaration.
func (f *front) initStub(ctx context.Context, o *options) (int, error) {
	return exitClean, f.writeStub(ctx, o)
}

func (f *front) writeStub(ctx context.Context, o *options) error {
	const command = "revlint contracts init"
	if len(o.patterns) != 1 {
		return fmt.Errorf("%s takes one package, not %d", command, len(o.patterns))
	}
	root, err := moduleRoot()
	if err != nil {
		return fmt.Errorf("%s: %v: stubs belong to a module", command, err)
	}
	pkg, err := loadPackage(ctx, o, o.patterns[0])
	if err != nil {
		return fmt.Errorf("%s: %v", command, err)
	}
	file := filepath.Join(root, config.StubFolder, pkg.Name+".go")
	if _, err := os.Lstat(file); err == nil {
		return fmt.Errorf("%s: %s exists already", command, shortPath(file))
	}
	if have, err := stubFor(root, pkg.PkgPath); err != nil {
		return err
	} else if have != "" {
		return fmt.Errorf("%s: %s is for %s already", command, shortPath(have), pkg.PkgPath)
	}
	version := ""
	if pkg.Module != nil {
		version = pkg.Module.Version
	}
	text, err := analyzers.Stub(pkg.Types, pkg.Syntax, version)
	if errors.Is(err, analyzers.ErrNothing) {
		return fmt.Errorf("%s: %s has nothing like Close, Release or Put: no stub to begin with", command, pkg.PkgPath)
	} else if err != nil {
		return fmt.Errorf("%s: %v", command, err)
	}
	if err := writeNew(file, text); err != nil {
		return fmt.Errorf("%s: %v", command, err)
	}
	_, err = fmt.Fprintf(f.stdout, "%s: a start: correct it with the documentation of %s beside it\n", shortPath(file), pkg.PkgPath)
	return err
}

// loadPackage loads the one package that the pattern stands for.
func loadPackage(ctx context.Context, o *options, pattern string) (*packages.Package, error) {
	c := &packages.Config{
		Context: ctx,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedModule,
	}
	if o.tags != "" {
		c.BuildFlags = []string{"-tags=" + o.tags}
	}
	found, err := packages.Load(c, "pattern="+pattern)
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("%s stands for %d packages: name one", pattern, len(found))
	}
	p := found[0]
	if len(p.Errors) > 0 {
		why, _, _ := strings.Cut(p.Errors[0].Msg, "; to add it:")
		return nil, errors.New(strings.TrimSpace(why))
	}
	if p.Name == "main" {
		return nil, fmt.Errorf("%s is a command, which nobody imports", p.PkgPath)
	}
	return p, nil
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
