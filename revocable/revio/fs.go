package revio

import (
	"io/fs"

	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// FS wraps fsys: one owner takes away the file system and all files that were opened through it, which are wrapped as
// by [File], the entries of its directories, and what Sub gives. It has those of fs.ReadDirFS, fs.ReadFileFS, fs.StatFS,
// fs.GlobFS, fs.SubFS and fs.ReadLinkFS that fsys is.
//
// An fs.FileInfo is passed on as it is, and taken for a value, which it is with every file system of the standard library.
func FS(fsys fs.FS, opts ...Option) (wrapped fs.FS, owner *Owner) {
	core := op.New(settle(opts))
	return newFS(core, fsys), (*Owner)(core)
}

// A system is the base of file systems. Its object is never closed.
type system struct {
	o  *object
	to fs.FS
}

func newFS(core *op.Core, fsys fs.FS) fs.FS {
	o := &object{core: core}
	return combineFS(&system{o, fsys}, o, fsys)
}

func (s *system) Open(name string) (fs.File, error) {
	a, ok := s.o.enter()
	if !ok {
		return nil, s.o.refuse("open")
	}
	defer a.Leave()
	f, err := s.to.Open(name)
	if err != nil {
		return nil, s.o.result("open", err)
	}
	return newFile(s.o.core, f), nil
}

type dirFS struct {
	o  *object
	to fs.ReadDirFS
}

func (x dirFS) ReadDir(name string) ([]fs.DirEntry, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("readdir")
	}
	defer a.Leave()
	entries, err := x.to.ReadDir(name)
	return wrapEntries(x.o.core, entries), x.o.result("readdir", err)
}

type readFS struct {
	o  *object
	to fs.ReadFileFS
}

func (x readFS) ReadFile(name string) ([]byte, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("read")
	}
	defer a.Leave()
	data, err := x.to.ReadFile(name)
	return data, x.o.result("read", err)
}

type statFS struct {
	o  *object
	to fs.StatFS
}

func (x statFS) Stat(name string) (fs.FileInfo, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("stat")
	}
	defer a.Leave()
	info, err := x.to.Stat(name)
	return info, x.o.result("stat", err)
}

type globFS struct {
	o  *object
	to fs.GlobFS
}

func (x globFS) Glob(pattern string) ([]string, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("glob")
	}
	defer a.Leave()
	names, err := x.to.Glob(pattern)
	return names, x.o.result("glob", err)
}

type subFS struct {
	o  *object
	to fs.SubFS
}

func (x subFS) Sub(dir string) (fs.FS, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("sub")
	}
	defer a.Leave()
	sub, err := x.to.Sub(dir)
	if err != nil {
		return nil, x.o.result("sub", err)
	}
	return newFS(x.o.core, sub), nil
}

type linkFS struct {
	o  *object
	to fs.ReadLinkFS
}

func (x linkFS) ReadLink(name string) (string, error) {
	a, ok := x.o.enter()
	if !ok {
		return "", x.o.refuse("readlink")
	}
	defer a.Leave()
	target, err := x.to.ReadLink(name)
	return target, x.o.result("readlink", err)
}

func (x linkFS) Lstat(name string) (fs.FileInfo, error) {
	a, ok := x.o.enter()
	if !ok {
		return nil, x.o.refuse("lstat")
	}
	defer a.Leave()
	info, err := x.to.Lstat(name)
	return info, x.o.result("lstat", err)
}

// An entry is a directory entry whose Info, which may ask the file system, enters. The rest was asked when the
// entry was read.
type entry struct {
	o    *object
	to   fs.DirEntry
	name string
	mode fs.FileMode
	dir  bool
}

func wrapEntries(core *op.Core, entries []fs.DirEntry) []fs.DirEntry {
	if entries == nil {
		return nil
	}
	o := &object{core: core}
	wrapped := make([]fs.DirEntry, len(entries))
	for i, e := range entries {
		wrapped[i] = &entry{o, e, e.Name(), e.Type(), e.IsDir()}
	}
	return wrapped
}

func (e *entry) Name() string      { return e.name }
func (e *entry) IsDir() bool       { return e.dir }
func (e *entry) Type() fs.FileMode { return e.mode }
func (e *entry) String() string    { return fs.FormatDirEntry(e) }

func (e *entry) Info() (fs.FileInfo, error) {
	a, ok := e.o.enter()
	if !ok {
		return nil, e.o.refuse("stat")
	}
	defer a.Leave()
	info, err := e.to.Info()
	return info, e.o.result("stat", err)
}
