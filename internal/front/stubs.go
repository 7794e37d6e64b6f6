package front

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/front/config"
)

// stubPackage is the line of a stub that says for which package it is.
var stubPackage = regexp.MustCompile(`(?m)^//revlint:package[ \t]+(\S+)`)

// checkStubs finds the user's stubs, in the module at root, that are for
// packages that do not exist. Nobody else would: a stub for a package that the
// code does not import has no effect, and may be for what will.
//
// It returns the names of all stubs.
func checkStubs(root string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(root, config.StubFolder, "*.go"))
	if err != nil || len(files) == 0 {
		return nil, err
	}
	places := make(map[string][]string) // by import path
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		at := stubPackage.FindSubmatchIndex(src)
		if at == nil {
			return nil, fmt.Errorf("%s:1:1: a stub begins with //revlint:package and an import path", shortPath(file))
		}
		path := string(src[at[2]:at[3]])
		line := 1 + bytes.Count(src[:at[0]], []byte("\n"))
		places[path] = append(places[path], fmt.Sprintf("%s:%d:%d", shortPath(file), line, 1+at[2]-at[0]))
	}

	args := []string{"list", "-e", "-json=ImportPath,Error", "--"}
	for path := range places {
		args = append(args, path)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %v %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	var mistakes []error
	for in := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Error      *struct{ Err string }
		}
		if err := in.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %v", err)
		}
		// A package for other systems is one all the same.
		if p.Error == nil || strings.Contains(p.Error.Err, "build constraints exclude all Go files") {
			continue
		}
		why, _, _ := strings.Cut(p.Error.Err, "; to add it:")
		for _, place := range places[p.ImportPath] {
			mistakes = append(mistakes, fmt.Errorf("%s: %s", place, why))
		}
	}
	slices.SortFunc(mistakes, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return files, errors.Join(mistakes...)
}
