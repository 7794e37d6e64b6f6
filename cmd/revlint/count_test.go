package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/internal/front"
)

// countlint is revlint, but each of its units adds the import path of what it
// analyses to the file $UNITS: those that the go command has in its cache do not.
func countlint() {
	args := os.Args[1:]
	if last := args[len(args)-1]; filepath.Ext(last) == ".cfg" {
		if err := countUnit(last); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(front.Main(args, analyzers.New(analyzers.NewOptions())))
}

func countUnit(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var u unitchecker.Config
	if err := json.Unmarshal(data, &u); err != nil {
		return err
	}
	units, err := os.OpenFile(os.Getenv("UNITS"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer units.Close()
	_, err = fmt.Fprintln(units, u.ImportPath)
	return err
}
