package front

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// unit is the vet tool: it analyses the package that the last of args
// describes, or answers the go command's questions, and ends the process.
//
// The go command caches what it does by the tool's identity, its flags and
// the package's inputs. So nothing else may have a say (no environment
// variable, no other file than those that identity hashes), and a package
// whose analysis failed must not look like one that was analysed.
//
// Called by the front, a unit reports everything, by category, whatever the
// configuration says: it is the front that chooses. So the configuration is no
// part of what is cached, and the user's stubs are, for the packages that can
// reach what they describe, part of the package's inputs (see stubKeys).
func unit(args []string, suite *analyzers.Suite) {
	roots := suite.Drivers
	flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError)
	names := configurable(roots)
	flag.Var(identityFlag{names}, "V", "print the identity of this tool and its configuration")
	suite.Options.RegisterFlags(flag.CommandLine)
	suite.Options.RegisterEverything(flag.CommandLine)
	if lists(args) {
		roots = append(roots[:len(roots):len(roots)], suite.Contracts)
	}
	failLoudly(roots, suite.Options.At)
	boundMemory(suite.Options.At)
	flag.String(strings.Trim(anewFlag, "-="), "", "analyse the packages of the standard library that these `patterns` are for, of which summaries are shipped")
	settings, err := []string(nil), recall(suite.Options, args)
	switch {
	case err != nil:
	case slices.Contains(args, everythingFlag):
		err = prepare(suite.Options, args)
	case os.Getenv(frontVariable) != "" && filepath.Ext(args[len(args)-1]) == ".cfg":
		err = fmt.Errorf("%s is set, by which revlint tells its own processes that the configuration is not theirs: unset it", frontVariable)
	default:
		if settings, err = unitSettings(args, names); err == nil && !testsWanted(append(settings, args...)) {
			err = dropTests(args)
		}
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "revlint: %v\n", err)
		os.Exit(1)
	}
	// Later flags win, so what was asked for on the command line does.
	os.Args = append(append(os.Args[:1:1], settings...), args...)
	unitchecker.Main(roots...)
}

// lists reports whether a unit may be asked for the list of contracts. One that
// is asked for no analyzer by name runs them all, and the list is no finding.
func lists(args []string) bool {
	return filepath.Ext(args[len(args)-1]) != ".cfg" ||
		slices.Contains(args, "-"+listAnalyzer) || slices.Contains(args, "-"+listAnalyzer+"=true")
}

// unitSettings returns the flags that the configuration asks for, for the
// package that the last of args describes.
func unitSettings(args, analyzers []string) ([]string, error) {
	name := args[len(args)-1]
	if filepath.Ext(name) != ".cfg" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var u unitchecker.Config
	if err := json.Unmarshal(data, &u); err != nil {
		return nil, fmt.Errorf("%s: %v", name, err)
	}
	root := mainModuleRoot(&u)
	if root == "" {
		return nil, nil
	}
	c, err := config.Load(root, analyzers)
	if err != nil {
		return nil, err
	}
	var settings []string
	// The folder tells the path of a package and of its tests.
	folder, err := filepath.Rel(root, u.Dir)
	if err != nil {
		return nil, err
	}
	if c.StrictFor(u.ModulePath, path.Join(u.ModulePath, filepath.ToSlash(folder))) {
		settings = append(settings, "-strict")
	}
	if !c.Tests {
		settings = append(settings, "-tests=false")
	}
	if c.Hints {
		settings = append(settings, "-hints")
	}
	return settings, nil
}

const (
	// everythingFlag is given to units by the front alone.
	everythingFlag = "-everything"
	// anewFlag is given to units by the front where findings in the standard library are asked
	// for: the patterns, with commas between them.
	anewFlag = "-anew="
	// frontVariable is set for the go command that the front runs. It has no say in
	// what a unit does: only in what identity says, for which there are no flags.
	frontVariable = "REVLINT_FRONT"
)

// recall has the engine take what this program brings along of the standard library, for a
// package of which the go command wants nothing but what it tells importers.
func recall(o *analyzers.Options, args []string) error {
	name := args[len(args)-1]
	if filepath.Ext(name) != ".cfg" {
		return nil
	}
	u, err := readUnit(name)
	if err != nil || string(u["VetxOnly"]) != "true" {
		return err
	}
	var path string
	if err := json.Unmarshal(u["ImportPath"], &path); err != nil {
		return fmt.Errorf("%s: %v", name, err)
	}
	asked := slices.ContainsFunc(args, func(arg string) bool {
		patterns, ok := strings.CutPrefix(arg, anewFlag)
		return ok && slices.ContainsFunc(strings.Split(patterns, ","), func(p string) bool { return mayMatch(p, path) })
	})
	if !asked {
		o.Known = analyzers.Shipped
	}
	return nil
}

// mayMatch reports whether the pattern of the go command may stand for the package called path,
// of the standard library.
func mayMatch(pattern, path string) bool {
	switch {
	case pattern == "std", pattern == "all", pattern == "cmd", strings.HasPrefix(pattern, "."):
		return true
	}
	before, after, wild := strings.Cut(pattern, "...")
	if !wild {
		return pattern == path
	}
	return after != "" || strings.HasPrefix(path, strings.TrimSuffix(before, "/"))
}

// prepare readies a unit of the front: it tells the analyzers where the package
// is, and makes it report, that the go command wants
// only for what it tells importers. The go command (Go 1.26 and before) caches
// what either prints under one key: a package would have no findings that was
// first seen as a dependency. The front knows what was asked for. A bare
// go vet does not, and has to live with it.
func prepare(o *analyzers.Options, args []string) error {
	last := len(args) - 1
	name := args[last]
	if filepath.Ext(name) != ".cfg" {
		return nil
	}
	u, err := readUnit(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(u["Dir"], &o.Dir); err != nil {
		return fmt.Errorf("%s: %v", name, err)
	}
	if string(u["VetxOnly"]) != "true" {
		return nil
	}
	u["VetxOnly"] = json.RawMessage("false")
	args[last], err = u.write(name, ".report.cfg")
	return err
}

// A unitFile is the description of a unit, of which only what changes is read.
type unitFile map[string]json.RawMessage

func readUnit(name string) (unitFile, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var u unitFile
	if err := json.Unmarshal(data, &u); err != nil {
		return nil, fmt.Errorf("%s: %v", name, err)
	}
	return u, nil
}

// write writes u beside the file called name, in the go command's own temporary
// folder, and returns the new file's name, which ends in ext.
func (u unitFile) write(name, ext string) (string, error) {
	data, err := json.Marshal(u)
	if err != nil {
		return "", err
	}
	name = strings.TrimSuffix(name, ".cfg") + ext
	return name, os.WriteFile(name, data, 0o666)
}

// mainModuleRoot returns the directory of the module that u's package is in
// if that module is a main module, which alone may have a configuration: the
// facts about a dependency are the same for all that depend on it.
func mainModuleRoot(u *unitchecker.Config) string {
	if u.ModulePath == "" || u.ModuleVersion != "" {
		return ""
	}
	return config.RootOf(u.Dir)
}

// identityFlag is -V=full, which asks for the identity by which the go
// command caches what the tool does. Unlike unitchecker's own it covers what a
// unit reads of the configuration, too, when it is not the front's: otherwise a
// change there would have no effect on packages analysed before.
type identityFlag struct{ analyzers []string }

func (identityFlag) IsBoolFlag() bool { return true }
func (identityFlag) String() string   { return "" }
func (f identityFlag) Set(value string) error {
	if value != "full" {
		return fmt.Errorf("want -V=full")
	}
	id, err := identity(f.analyzers)
	if err != nil {
		fmt.Fprintf(os.Stderr, "revlint: %v\n", err)
		os.Exit(1)
	}
	// The go command takes the last word of a development version as the
	// identity; the rest has to be there.
	fmt.Printf("%s version devel buildID=%x\n", os.Args[0], id)
	os.Exit(0)
	return nil
}

// identity hashes all that determines what a unit does: the program and, in a
// bare go vet, what units read of the configuration of every main module.
func identity(analyzers []string) ([]byte, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	program, err := os.Open(exe)
	if err != nil {
		return nil, err
	}
	defer program.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, program); err != nil {
		return nil, err
	}
	isFront := os.Getenv(frontVariable) != ""
	if isFront {
		fmt.Fprint(hash, everythingFlag) // so that nobody else who has the variable finds results
	}
	roots, err := config.Roots()
	if err != nil {
		return nil, err
	}
	for _, root := range roots {
		// A mistake is better told once and at once than by each unit.
		c, err := config.Load(root, analyzers)
		if err != nil {
			return nil, err
		}
		if !isFront {
			if err := c.HashUnits(hash, root); err != nil {
				return nil, err
			}
		}
	}
	return hash.Sum(nil), nil
}

// failLoudly makes the process print the error or panic of any analyzer,
// required ones included, and end unsuccessfully. unitchecker writes an error
// to its output, which the go command then caches as a success: the package
// would never be analysed again. at tells where it was.
func failLoudly(roots []*analysis.Analyzer, at func() string) {
	seen := make(map[*analysis.Analyzer]bool)
	var wrap func(a *analysis.Analyzer)
	wrap = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		run := a.Run
		a.Run = func(pass *analysis.Pass) (any, error) {
			defer func() {
				if r := recover(); r != nil {
					die(pass, at(), "%v\n%s", r, debug.Stack())
				}
			}()
			result, err := run(pass)
			if err != nil {
				die(pass, at(), "%v", err)
			}
			return result, nil
		}
		for _, required := range a.Requires {
			wrap(required)
		}
	}
	for _, a := range roots {
		wrap(a)
	}
}

const internalError = "revlint: internal error: " // begins what a failed unit says

var dying sync.Mutex // never unlocked: the first failure speaks alone

func die(pass *analysis.Pass, at, format string, args ...any) {
	dying.Lock()
	where := ""
	if at != "" {
		where = " at " + at
	}
	fmt.Fprintf(os.Stderr, "%s%s: analyzer %s failed%s: %s\n",
		internalError, pass.Pkg.Path(), pass.Analyzer.Name, where, strings.TrimSpace(fmt.Sprintf(format, args...)))
	os.Exit(1)
}
