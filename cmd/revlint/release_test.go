package main

import (
	"io"
	"os"
	gopath "path"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// release is the script command "release directory folder version": it publishes
// the module in a folder of this repository, as it is, as that version in a module
// proxy that is a directory.
func release(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: release directory folder version")
	}
	path := gopath.Join("github.com/revlint/revlint", args[1])
	repository, version := filepath.Join(ts.Getenv("REPOSITORY"), args[1]), args[2]
	dir := filepath.Join(ts.MkAbs(args[0]), filepath.FromSlash(path), "@v")
	ts.Check(os.MkdirAll(dir, 0o777))
	gomod, err := os.ReadFile(filepath.Join(repository, "go.mod"))
	ts.Check(err)
	for name, content := range map[string]string{
		"list":            version + "\n",
		version + ".mod":  string(gomod),
		version + ".info": `{"Version": "` + version + `", "Time": "2026-01-02T03:04:05Z"}`,
	} {
		ts.Check(os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666))
	}
	// A released module is what git knows; here that is all but hidden folders.
	var files []zip.File
	ts.Check(filepath.WalkDir(repository, func(name string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			rel, err := filepath.Rel(repository, name)
			files = append(files, released{name, filepath.ToSlash(rel)})
			return err
		case name == repository:
			return nil
		case strings.HasPrefix(d.Name(), ".") && d.Name() != ".ci" && d.Name() != ".github":
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
			return filepath.SkipDir // another module
		}
		return nil
	}))
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	ts.Check(err)
	ts.Check(zip.Create(f, module.Version{Path: path, Version: version}, files))
	ts.Check(f.Close())
}

// released is a file of the repository.
type released struct{ name, path string }

func (r released) Path() string                 { return r.path }
func (r released) Lstat() (os.FileInfo, error)  { return os.Lstat(r.name) }
func (r released) Open() (io.ReadCloser, error) { return os.Open(r.name) }
