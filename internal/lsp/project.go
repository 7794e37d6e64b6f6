package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/revlint/revlint/internal/front"
	"github.com/revlint/revlint/internal/front/config"
)

// A project is what is analysed in one run: the packages with open documents
// of a module, or of all modules of a workspace.
type project struct {
	key    string
	dir    string             // where the go command runs
	cancel context.CancelFunc // ends the run under way; nil: there was none yet
	shown  map[string]bool    // paths of files that diagnostics are published for
	last   *outcome           // of the last run that ended; nil: there is none
	soon   *time.Timer        // of the run that is to begin when nothing more is typed
	told   string             // the last message shown
}

// A place says which project a file is in.
type place struct{ key, dir string }

// locate returns the place of a file: none for one that is outside of every
// main module, or in the module cache, in the standard library or among
// vendored packages. What editors open there to show a declaration is not the
// user's to mend.
func locate(ctx context.Context, path string) place {
	dir := filepath.Dir(path)
	root := config.RootOf(dir)
	if root == "" {
		return place{}
	}
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOMODCACHE", "GOROOT")
	cmd.Dir = root
	var env struct{ GOMODCACHE, GOROOT string }
	if out, err := cmd.Output(); err == nil {
		_ = json.Unmarshal(out, &env) // or there is nothing to leave out
	}
	if within(dir, env.GOMODCACHE) || within(dir, env.GOROOT) || within(dir, filepath.Join(root, "vendor")) {
		return place{}
	}
	key := root
	// If the go command cannot tell, the run will fail as well, and say why.
	if roots, err := config.RootsFrom(root); err == nil && slices.Contains(roots, root) {
		key = strings.Join(roots, string(filepath.ListSeparator))
	}
	return place{key, root}
}

// within reports whether dir is parent or below it.
func within(dir, parent string) bool {
	rel, err := filepath.Rel(parent, dir)
	return parent != "" && err == nil && filepath.IsLocal(rel)
}

// project returns the project at a place.
func (s *server) project(at place) *project {
	p := s.projects[at.key]
	if p == nil {
		p = &project{key: at.key, dir: at.dir, shown: make(map[string]bool)}
		s.projects[at.key] = p
	}
	return p
}

// supersede ends the run under way, and the one that is to begin; the outcome will
// not be published.
func (p *project) supersede() {
	if p.soon != nil {
		p.soon.Stop()
	}
	if p.cancel != nil {
		p.cancel()
	}
}

// refreshSoon is refresh, once nothing more is typed.
func (s *server) refreshSoon(p *project) {
	if p.soon != nil {
		p.soon.Stop()
	}
	p.soon = time.AfterFunc(s.pause, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.phase == serving && s.projects[p.key] == p {
			s.refresh(p)
		}
	})
}

// refresh starts a run for all that is open, in the place of the one that is
// under way.
func (s *server) refresh(p *project) {
	p.supersede()
	dirs := s.openDirs(p)
	if len(dirs) == 0 {
		p.last = nil
		s.publish(p)
		return
	}
	open := make(map[string]string)
	for _, d := range s.documents {
		if d.project == p && packageDir(d.path) != "" {
			open[d.path] = d.text
		}
	}
	ctx, cancel := context.WithCancel(s.ctx)
	p.cancel = cancel
	s.running.Go(func() {
		defer cancel()
		o := s.run(ctx, p.dir, dirs, open)
		s.mu.Lock()
		defer s.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		o.keepStale(p.last, dirs)
		p.last = o
		s.publish(p)
	})
}

// closed takes back what was published for packages without open documents.
func (s *server) closed(p *project) {
	if len(s.openDirs(p)) == 0 {
		p.supersede()
		p.last = nil
	}
	s.publish(p)
	if !slices.ContainsFunc(slices.Collect(maps.Values(s.documents)), func(d *document) bool { return d.project == p }) {
		delete(s.projects, p.key)
	}
}

// openDirs returns the folders of the packages that have open documents.
func (s *server) openDirs(p *project) []string {
	dirs := make(map[string]bool)
	for _, d := range s.documents {
		if dir := packageDir(d.path); dir != "" && d.project == p {
			dirs[dir] = true
		}
	}
	return slices.Sorted(maps.Keys(dirs))
}

// An outcome is what a run has found.
type outcome struct {
	*front.Result
	mistakes []mistake           // why something could not be analysed, where that is known
	rest     string              // why, where it is not
	files    map[string]*content // those that anything above is in, and the open ones
	stale    []staleFinding      // of packages that cannot be analysed any more
}

// content is a file's content, as it was analysed or after the run.
type content struct {
	*front.Source
	text   string
	steady bool // it is what was analysed
}

// run analyses the packages in dirs, with the open documents as they are in the
// editor.
func (s *server) run(ctx context.Context, dir string, dirs []string, open map[string]string) *outcome {
	before := make(map[string]string)
	for _, dir := range dirs {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if text, err := read(filepath.Join(dir, e.Name())); err == nil && filepath.Ext(e.Name()) == ".go" {
				before[filepath.Join(dir, e.Name())] = text
			}
		}
	}
	unsaved := make(map[string]string)
	for path, text := range open {
		if saved, ok := before[path]; !ok || saved != text {
			unsaved[path] = text
		}
	}
	report, end := s.tellProgress()
	result, err := s.check(ctx, front.Request{Dir: dir, Patterns: dirs, Overlay: unsaved, Progress: report})
	end()
	if err != nil {
		result = &front.Result{Failures: err.Error()}
	}
	o := &outcome{Result: result, files: make(map[string]*content)}
	o.mistakes, o.rest = parseFailures(result.Failures, dir)
	for name := range o.mentioned(open) {
		if text, ok := unsaved[name]; ok {
			o.files[name] = &content{front.NewSource([]byte(text)), text, true}
			continue
		}
		text, err := read(name)
		was, known := before[name]
		o.files[name] = &content{front.NewSource([]byte(text)), text, err == nil && known && was == text}
	}
	return o
}
