package front

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// nothingToOffer is why no stub is written for a package.
const nothingToOffer = "has nothing like Close, Release or Put"

// initStub is "revlint contracts init": it writes a stub for a package, or for
// each of several, into the folder of stubs of the module at hand.
func (f *front) initStub(ctx context.Context, o *options) (int, error) {
	switch {
	case len(o.patterns) == 0:
		return exitFailed, errors.New("contracts init takes packages: ./... for those of the module, or their names")
	case len(o.patterns) > 1 || strings.Contains(o.patterns[0], "..."):
		return f.initStubs(ctx, o)
	}
	t, err := f.stubTarget(ctx, o, "contracts init")
	if err != nil {
		return exitFailed, err
	}
	text, err := analyzers.Stub(t.pkg.Types, t.pkg.Syntax, t.version)
	if errors.Is(err, analyzers.ErrNothing) {
		return exitFailed, fmt.Errorf("%s: %s %s: no stub to begin with", t.command, t.pkg.PkgPath, nothingToOffer)
	} else if err != nil {
		return exitFailed, fmt.Errorf("%s: %v", t.command, err)
	}
	file, err := t.write(text)
	if err != nil {
		return exitFailed, err
	}
	_, err = fmt.Fprintf(f.stdout, "%s: a start: correct it with the documentation of %s beside it\n", shortPath(file), t.pkg.PkgPath)
	return exitClean, err
}

// initStubs writes a stub for each of the packages for which there is something
// to say, and tells of each what became of it. One that cannot be loaded keeps
// nothing from the others.
func (f *front) initStubs(ctx context.Context, o *options) (int, error) {
	const command = "contracts init"
	root, err := moduleRoot()
	if err != nil {
		return exitFailed, fmt.Errorf("%s: %v: stubs belong to a module", command, err)
	}
	found, err := loadPackages(ctx, o, o.patterns...)
	if err != nil {
		return exitFailed, fmt.Errorf("%s: %v", command, err)
	}
	written, code := 0, exitClean
	for _, p := range found {
		file, why, err := initOne(command, root, p)
		switch {
		case err != nil:
			fmt.Fprintf(f.stderr, "revlint: %s: %s: %v\n", command, p.PkgPath, err)
			code = exitFailed
		case why != "":
			fmt.Fprintf(f.stdout, "%s: nothing: %s\n", p.PkgPath, why)
		default:
			fmt.Fprintf(f.stdout, "%s: %s\n", p.PkgPath, shortPath(file))
			written++
		}
	}
	switch written {
	case 0:
		_, err = fmt.Fprintln(f.stdout, "no stub is written")
	case 1:
		_, err = fmt.Fprintln(f.stdout, "1 stub, a start: correct it with the documentation of the package beside it")
	default:
		_, err = fmt.Fprintf(f.stdout, "%d stubs, each a start: correct it with the documentation of the package beside it\n", written)
	}
	return code, err
}

// initOne writes a stub for one of several packages, or says why there is none
// to write.
func initOne(command, root string, p *packages.Package) (file, why string, err error) {
	if err := loadError(p); err != nil {
		return "", "", err
	}
	if p.Name == "main" {
		return "", "it is a command, which nobody imports", nil
	}
	t, err := newStubTarget(command, root, p)
	if err != nil {
		return "", "", err
	}
	if t.have != "" {
		return "", shortPath(t.have) + " is for it already", nil
	}
	text, err := analyzers.Stub(p.Types, p.Syntax, t.version)
	if errors.Is(err, analyzers.ErrNothing) {
		return "", "it " + nothingToOffer, nil
	} else if err != nil {
		return "", "", err
	}
	file, err = freeFile(filepath.Join(root, config.StubFolder), p)
	if err == nil {
		err = writeNew(file, text)
	}
	return file, "", err
}

// freeFile is a file in the folder for the package's stub: it is called as the
// package is, and where there is such a file already, with as much of the
// import path as tells the two apart. A hyphen joins them, because the go
// command reads an underscore as the name of a system.
func freeFile(folder string, p *packages.Package) (string, error) {
	names := []string{p.Name}
	for rest := p.PkgPath; ; {
		i := strings.LastIndex(rest, "/")
		names = append(names, strings.ReplaceAll(p.PkgPath[i+1:], "/", "-"))
		if i < 0 {
			break
		}
		rest = rest[:i]
	}
	for _, name := range names {
		file := filepath.Join(folder, name+".go")
		if _, err := os.Lstat(file); errors.Is(err, os.ErrNotExist) {
			return file, nil
		}
	}
	return "", fmt.Errorf("%s exists already", shortPath(filepath.Join(folder, names[len(names)-1]+".go")))
}
