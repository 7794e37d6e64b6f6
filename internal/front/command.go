package front

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/front/config"
	"github.com/revlint/revlint/internal/nearest"
)

// A command is what revlint does beside checking packages. Its name is one word
// or two.
type command struct {
	name, args, does string
	flags            []string // that it takes beside -C
	run              func(f *front, ctx context.Context, o *options) (code int, err error)
}

// commands are all there are, in the order of the help.
func commands() []*command {
	return []*command{
		{name: "help", does: "print this help", run: (*front).help},
		{name: "version", does: "print the version", run: (*front).printVersion},
		{name: "config init", does: "write a .revlint.yaml to begin with", run: (*front).initConfig},
		{name: "config check", does: "check the configuration files, and what stubs are for", flags: []string{"tags"}, run: (*front).checkConfig},
		{name: "contracts", args: "[packages]", does: "list the contracts in force, and what they cover", flags: []string{"f", "tags", "tests"}, run: (*front).contracts},
		{name: "contracts init", args: "packages", does: "write stubs to begin with, .revlint/NAME.go, for those that have pairs", flags: []string{"tags"}, run: (*front).initStub},
		{name: "contracts enable", args: "PKG", does: "write a stub with what the catalogue has for PKG, and has off", flags: []string{"tags"}, run: (*front).enableContracts},
		{name: "contracts disable", args: "PKG", does: "write a stub by which PKG has no contracts here", flags: []string{"tags"}, run: (*front).disableContracts},
		{name: "why", args: "FILE:LINE[:COL]", does: "tell of each access there whether it is proved, and what that rests on", flags: []string{"tags", "dump"}, run: (*front).why},
		{name: "completion", args: strings.Join(shells, "|"), does: "print what completes command lines in that shell", run: (*front).completion},
	}
}

// command returns the command that the words on the command line name, and takes
// its name from them; nil if they are packages.
func (o *options) command() (*command, error) {
	if len(o.patterns) == 0 {
		return nil, nil
	}
	all := commands()
	named := func(name string) *command {
		i := slices.IndexFunc(all, func(c *command) bool { return c.name == name })
		if i < 0 {
			return nil
		}
		return all[i]
	}
	take := func(c *command, words int) (*command, error) {
		o.patterns = o.patterns[words:]
		if c.args == "" && len(o.patterns) > 0 {
			return nil, fmt.Errorf("%s takes no arguments", c.name)
		}
		return c, o.only(c)
	}
	first := o.patterns[0]
	if len(o.patterns) > 1 {
		if c := named(first + " " + o.patterns[1]); c != nil {
			return take(c, 2)
		}
	}
	var below []string // second words after the first
	for _, c := range all {
		if word, ok := strings.CutPrefix(c.name, first+" "); ok {
			below = append(below, word)
		}
	}
	c := named(first)
	switch {
	case c != nil && len(o.patterns) > 1 && nearest.Of(o.patterns[1], below) != "":
		return nil, fmt.Errorf("%s %s%s", first, o.patterns[1], nearest.Hint(o.patterns[1], below))
	case c != nil:
		return take(c, 1)
	case len(below) > 0 && len(o.patterns) == 1:
		return nil, fmt.Errorf("%s what? There are %s", first, strings.Join(below, ", "))
	case len(below) > 0:
		second := strings.Join(o.patterns[1:], " ")
		return nil, fmt.Errorf("there is no command %q%s", strings.TrimSpace(first+" "+second), nearest.List(second, below))
	}
	return nil, nil
}

// commandHint asks for the command that was meant by what the go command does
// not know as a package.
func (o *options) commandHint() string {
	if len(o.patterns) == 0 || strings.ContainsAny(o.patterns[0], "./") {
		return ""
	}
	var names []string
	for _, c := range commands() {
		name, _, _ := strings.Cut(c.name, " ")
		names = append(names, name)
	}
	if name := nearest.Of(o.patterns[0], append(names, "lsp")); name != "" {
		return fmt.Sprintf("revlint: %s: did you mean the command %q?\n", o.patterns[0], name)
	}
	return ""
}

// only finds flags that do not go with a command.
func (o *options) only(c *command) error {
	takes := append([]string{"C"}, c.flags...)
	for _, name := range o.given {
		if !slices.Contains(takes, name) {
			return fmt.Errorf("-%s does not go with revlint %s: it takes -%s", name, c.name, strings.Join(takes, ", -"))
		}
	}
	return nil
}

func (f *front) help(context.Context, *options) (int, error) {
	printHelp(f.stdout, f.analyzers)
	return exitClean, nil
}

func (f *front) printVersion(context.Context, *options) (int, error) {
	fmt.Fprintln(f.stdout, "revlint version", version())
	return exitClean, nil
}

// initConfig writes a configuration at the root of the module at hand. It never
// writes over one.
func (f *front) initConfig(context.Context, *options) (int, error) {
	root, err := moduleRoot()
	if err != nil {
		return exitFailed, fmt.Errorf("config init: %v", err)
	}
	file := filepath.Join(root, config.FileName)
	if err := writeNew(file, []byte(config.Template)); err != nil {
		return exitFailed, fmt.Errorf("config init: %v", err)
	}
	fmt.Fprintf(f.stdout, "%s is written: it changes nothing, until something in it is changed\n", shortPath(file))
	return exitClean, nil
}

// moduleRoot is the root of the module at hand.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	root := config.RootOf(dir)
	if root == "" {
		return "", errors.New("no go.mod here or above")
	}
	return root, nil
}

// checkConfig checks the configuration of every main module, and whether its
// stubs are for packages that exist; what they say is checked by each run. What
// has no effect is told, too, but is no mistake.
func (f *front) checkConfig(ctx context.Context, o *options) (int, error) {
	roots, err := config.Roots()
	if err != nil {
		return exitFailed, err
	}
	if len(roots) == 0 {
		return exitFailed, errors.New("config check: no go.mod here or above")
	}
	for _, root := range roots {
		c, err := config.Load(root, configurable(f.analyzers))
		if err != nil {
			return exitFailed, err
		}
		if c.File == "" {
			fmt.Fprintf(f.stdout, "%s: no %s\n", shortPath(root), config.FileName)
		} else {
			fmt.Fprintf(f.stdout, "%s: ok\n", shortPath(c.File))
		}
		s := &selection{options: o, configs: map[string]*config.Config{root: c}}
		idle, err := s.idleExcludes(func(string) bool { return false })
		if err != nil {
			return exitFailed, err
		}
		stubs, missing, unused, err := checkStubs(ctx, root, o.tags)
		if err != nil {
			return exitFailed, err
		}
		var mistakes []error
		for _, n := range missing {
			mistakes = append(mistakes, errors.New(n.String()))
		}
		if err := errors.Join(mistakes...); err != nil {
			return exitFailed, err
		}
		for _, n := range slices.Concat(idle, unused) {
			fmt.Fprintf(f.stdout, "%v\n", n)
		}
		for _, s := range stubs {
			if !slices.ContainsFunc(unused, func(n note) bool { return n.File == s.File }) {
				fmt.Fprintf(f.stdout, "%s: the package exists\n", shortPath(s.File))
			}
		}
	}
	return exitClean, nil
}
