package front

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/golangci/revgrep"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front/config"
)

// A selection says which findings are wanted: by the command line and by the
// configuration of the module that a file is in.
type selection struct {
	options *options
	configs map[string]*config.Config // by root directory
	hits    map[string]map[int]bool   // by root directory: the entries of exclude that matched
}

// newSelection reads the configurations of the main modules of dir.
func newSelection(dir string, o *options, analyzers []string) (*selection, error) {
	roots, err := config.RootsFrom(dir)
	if err != nil {
		return nil, err
	}
	s := &selection{options: o, configs: make(map[string]*config.Config), hits: make(map[string]map[int]bool)}
	for _, root := range roots {
		if s.configs[root], err = config.Load(root, analyzers); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// filter returns the findings that are wanted, graded. Mistakes in contracts
// always are: they make all other findings doubtful.
func (s *selection) filter(ctx context.Context, findings []*Finding) ([]*Finding, error) {
	isNew := func(*Finding) bool { return true }
	if s.options.rev != "" {
		var err error
		if isNew, err = changedSince(ctx, s.options.rev); err != nil {
			return nil, fmt.Errorf("-new-from-rev: %v", err)
		}
	}
	var wanted []*Finding
	files := make(sources)
	for _, f := range findings {
		c, root := s.configOf(f.File)
		if !s.asked(c, root, f) {
			continue
		}
		f.Severity = c.SeverityOf(f.Analyzer)
		if f.Analyzer == contractAnalyzer {
			f.Severity = config.Error
		} else if s.excluded(c, root, f) || !s.enabled(c, f.Analyzer) || !isNew(f) {
			continue
		}
		files.widen(&f.Span)
		for i := range f.Related {
			files.widen(&f.Related[i].Span)
		}
		wanted = append(wanted, f)
	}
	return wanted, nil
}

// asked reports whether a finding is of those that are asked for: units report
// more.
func (s *selection) asked(c *config.Config, root string, f *Finding) bool {
	switch f.Category {
	case analyzers.Unproved:
		if s.options.strict != nil {
			return *s.options.strict
		}
		// The folder tells the path of a package and of its tests.
		folder, err := filepath.Rel(root, filepath.Dir(f.File))
		if err != nil || len(c.Strict) == 0 {
			return false
		}
		module := config.ModulePath(root)
		return c.StrictFor(module, path.Join(module, filepath.ToSlash(folder)))
	case analyzers.Hint:
		if s.options.hints != nil {
			return *s.options.hints
		}
		return c.Hints
	}
	return true
}

// configOf returns the configuration of the module that file is in.
func (s *selection) configOf(file string) (c *config.Config, root string) {
	root = config.RootOf(filepath.Dir(file))
	if c, ok := s.configs[root]; ok {
		return c, root
	}
	return &config.Config{Tests: true}, root
}

// enabled applies -enable in place of the configuration's lists, and -disable
// on top of either.
func (s *selection) enabled(c *config.Config, analyzer string) bool {
	enable, disable := c.Enable, c.Disable
	if len(s.options.enable) > 0 {
		enable, disable = s.options.enable, nil
	}
	return (len(enable) == 0 || slices.Contains(enable, analyzer)) &&
		!slices.Contains(disable, analyzer) &&
		!slices.Contains(s.options.disable, analyzer)
}

func (s *selection) excluded(c *config.Config, root string, f *Finding) bool {
	if !s.tests(c) && strings.HasSuffix(f.File, "_test.go") {
		return true
	}
	file, err := filepath.Rel(root, f.File)
	if err != nil {
		file = f.File
	}
	file = filepath.ToSlash(file)
	excluded := false
	for i := range c.Exclude {
		if c.Exclude[i].Match(file, f.Analyzer, f.Message) {
			excluded = true
			if s.hits[root] == nil {
				s.hits[root] = make(map[int]bool)
			}
			s.hits[root][i] = true
		}
	}
	return excluded
}

// tests reports whether what is in test files is wanted.
func (s *selection) tests(c *config.Config) bool {
	if s.options.tests != nil {
		return *s.options.tests
	}
	return c.Tests
}

// testsIn reports whether what is in test files of the package in dir is wanted.
func (s *selection) testsIn(dir string) bool {
	c, _ := s.configOf(filepath.Join(dir, "x.go"))
	return s.tests(c)
}

// leavesTests is testsIn, or nil where test files are wanted everywhere.
func (s *selection) leavesTests() func(dir string) bool {
	wanted := s.options.tests != nil && *s.options.tests
	if s.options.tests == nil {
		wanted = true
		for _, c := range s.configs {
			wanted = wanted && c.Tests
		}
	}
	if wanted {
		return nil
	}
	return s.testsIn
}

// changedSince returns a test whether a finding is on a line that differs
// from what it was in the git revision, or in a file that git does not know.
func changedSince(ctx context.Context, rev string) (func(*Finding) bool, error) {
	top, err := git(ctx, ".", "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	dir := string(bytes.TrimSpace(top))
	if _, err := git(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err != nil {
		return nil, fmt.Errorf("there is no revision %q", rev)
	}
	patch, err := git(ctx, dir, "diff", "--no-color", "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", "--unified=0", rev, "--")
	if err != nil {
		return nil, err
	}
	untracked, err := git(ctx, dir, "ls-files", "-z", "--others", "--exclude-standard")
	if err != nil {
		return nil, err
	}
	checker := &revgrep.Checker{Patch: bytes.NewReader(plainNames(patch))}
	for name := range strings.SplitSeq(string(untracked), "\x00") {
		if name != "" {
			checker.NewFiles = append(checker.NewFiles, name)
		}
	}
	if err := checker.Prepare(ctx); err != nil {
		return nil, err
	}
	return func(f *Finding) bool {
		file, err := filepath.EvalSymlinks(f.File) // as git shows its directory
		if err != nil {
			file = f.File
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return true
		}
		_, isNew := checker.IsNew(name, f.Line)
		return isNew
	}, nil
}

// plainNames drops the tab that git puts after a file name with a blank.
func plainNames(patch []byte) []byte {
	lines := bytes.SplitAfter(patch, []byte("\n"))
	for i, line := range lines {
		if bytes.HasPrefix(line, []byte("+++ b/")) {
			lines[i] = append(bytes.TrimRight(line, "\t\n"), '\n')
		}
	}
	return bytes.Join(lines, nil)
}

func git(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.quotePath=false"}, args...)...)
	cmd.Dir = dir
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("git %s: %s", args[0], bytes.TrimSpace(exit.Stderr))
	}
	return out, err
}
