// Command ship makes the summaries of the standard library that revlint brings along, so that
// a first run does not have to:
//
//	go run ./internal/ship
//
// It analyses the standard library of the release of Go that runs it, once for each of
// [platforms], and writes the archives that analyzers/internal/shipped embeds. They are of use
// only to the engine that made them. An engine that was changed since leaves them alone
// and analyses what it needs, so that nothing is wrong before they are made anew; only the
// first run is slower. A release makes them:
//
//	go run ./internal/ship -check
//
// reports whether they are of the engine as it is, and whether the one for this machine has all that
// the release of Go at hand asks it for. It is part of what publishes a release.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/revlint/revlint/analyzers"
)

// platforms are those for which there are archives: most people who run a linter sit at one.
// Where revlint runs on another it analyses the standard library itself.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64"}

// Flags of a unit, a process that analyses one package for the go command: where it puts what it
// learns, and whether it takes what is shipped, and so has nothing to learn. The folder is another one in each
// run, so that the go command has nothing in its cache.
const (
	into  = "into"
	known = "known"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("ship: ")
	if args := os.Args[1:]; len(args) > 0 && (filepath.Ext(args[len(args)-1]) == ".cfg" || strings.HasPrefix(args[0], "-V") || args[0] == "-flags") {
		unit()
		return
	}
	check := flag.Bool("check", false, "only tell whether the archives fit")
	flag.Parse()
	for _, platform := range platforms {
		file := filepath.Join("analyzers/internal/shipped", strings.ReplaceAll(platform, "/", "_")+".zip")
		do := write
		if *check {
			do = fits
		}
		if err := do(file, platform); err != nil {
			log.Fatalf("%s: %v", file, err)
		}
	}
}

// unit analyses one package. It does not return.
func unit() {
	suite := analyzers.New(analyzers.NewOptions())
	out := flag.String(into, "", "the `folder` to write to")
	flag.BoolFunc(known, "take what is shipped", func(string) error {
		suite.Options.Known = analyzers.Shipped
		return nil
	})
	suite.Options.Learn = func(key string, summaries []byte) {
		if err := os.WriteFile(filepath.Join(*out, key), summaries, 0o666); err != nil {
			log.Fatal(err)
		}
	}
	unitchecker.Main(suite.Checks...)
}

// fits reports what is wrong with the archive for a platform: another engine has made it, or, where
// that is this machine's, packages are not in it.
func fits(file, platform string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := analyzers.CheckShipped(data); err != nil || platform != runtime.GOOS+"/"+runtime.GOARCH {
		return err
	}
	missing, err := learn(platform, "-"+known)
	if err == nil && len(missing) > 0 {
		err = fmt.Errorf("%d packages of the standard library of %s are not in it", len(missing), runtime.Version())
	}
	return err
}

// write makes the archive for a platform.
func write(file, platform string) error {
	content, err := learn(platform)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := analyzers.WriteShipped(&b, content); err != nil {
		return err
	}
	fmt.Printf("%s: %d packages, %d KB\n", platform, len(content), b.Len()>>10)
	return os.WriteFile(file, b.Bytes(), 0o666)
}

// learn returns what units with the flags learn of the standard library for a platform, by keys.
func learn(platform string, flags ...string) (map[string][]byte, error) {
	goos, goarch, _ := strings.Cut(platform, "/")
	out, err := os.MkdirTemp("", "ship")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(out)
	// Whoever has a C compiler gets other files of net and os/user. Only this machine's own
	// can be had here.
	variants := []string{"0"}
	if goos == runtime.GOOS && goarch == runtime.GOARCH {
		variants = append(variants, "1")
	}
	for _, cgo := range variants {
		if err := analyse(append(flags, "-"+into+"="+out), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED="+cgo); err != nil {
			return nil, err
		}
	}
	content := make(map[string][]byte)
	files, err := os.ReadDir(out)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if content[f.Name()], err = os.ReadFile(filepath.Join(out, f.Name())); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// analyse analyses the standard library by units with the flags, in the given environment: it has
// the go command vet a package that imports all of it.
func analyse(flags []string, environment ...string) error {
	module, err := os.MkdirTemp("", "ship")
	if err != nil {
		return err
	}
	defer os.RemoveAll(module)
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = module
		cmd.Env = append(cmd.Environ(), append(environment, "GOWORK=off", "GOFLAGS=")...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		text, err := cmd.Output()
		if err != nil {
			err = fmt.Errorf("go %s: %v\n%s", args[0], err, stderr.Bytes())
		}
		return text, err
	}
	list, err := run("list", "std")
	if err != nil {
		return err
	}
	every := "package every\n\nimport (\n"
	for _, path := range strings.Fields(string(list)) {
		parts := strings.Split(path, "/")
		if !slices.Contains(parts, "internal") && !slices.Contains(parts, "vendor") { // those come with what imports them
			every += fmt.Sprintf("\t_ %q\n", path)
		}
	}
	for name, text := range map[string]string{"go.mod": "module example.com/every\n", "every.go": every + ")\n"} {
		if err := os.WriteFile(filepath.Join(module, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	_, err = run(slices.Concat([]string{"vet", "-vettool=" + self}, flags, []string{"."})...)
	return err
}
