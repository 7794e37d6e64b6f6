// Pack makes what the playground of the documentation runs: revlint as
// WebAssembly, and what it has to know of the packages that one may import there.
//
//	go run ./internal/pack -o site/public/play
//
// There is no go command in a browser, so what the go command would do is done
// here, once: each package is a unit of revlint's, and leaves its types and facts
// in a file. All files are compressed with gzip; their names say nothing of it, so
// that no web server undoes it. index.json names the packages.
package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/revlint/revlint/internal/play"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("pack: ")
	out := flag.String("o", "", "write into `folder`, which is made anew")
	flag.Parse()
	if *out == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := pack(*out); err != nil {
		log.Fatal(err)
	}
}

// sources are where the packages are that one may import.
var sources = []source{
	{".", []string{"std", "./revocable/..."}},
	{"testdata/catalogue", play.Libraries},
}

func pack(out string) error {
	work, err := os.MkdirTemp("", "pack")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	revlint, program := filepath.Join(work, "revlint"), filepath.Join(work, "revlint.wasm")
	if err := build(revlint); err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	if err := build(program, "GOOS=wasip1", "GOARCH=wasm"); err != nil {
		return err
	}
	if err := compress(filepath.Join(out, "revlint.bin"), program); err != nil {
		return err
	}
	u := &units{tool: revlint, out: filepath.Join(work, "facts"), known: make(map[string]*unit)}
	var packages []string
	for _, s := range sources {
		importable, err := u.run(s)
		if err != nil {
			return err
		}
		packages = append(packages, importable...)
	}
	for _, p := range packages {
		if err := compress(filepath.Join(out, filepath.FromSlash(p)+".bin"), u.facts(p)); err != nil {
			return err
		}
	}
	slices.Sort(packages)
	data, err := json.Marshal(index{goVersion, packages})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "index.json"), data, 0o666)
}

// An index tells what is there.
type index struct {
	Go       string   `json:"go"`       // the version of the language
	Packages []string `json:"packages"` // that may be imported
}

// build compiles the command, which is the same for people and in a browser.
func build(out string, env ...string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "./cmd/revlint")
	cmd.Env = append(cmd.Environ(), env...)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %v\n%s", err, text)
	}
	return nil
}

func compress(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	zip, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.Copy(zip, in); err != nil {
		return err
	}
	return zip.Close()
}
