package main

import (
	"fmt"

	"github.com/revlint/revlint/internal/oracle/gen"
)

// A bench makes programs, runs and analyses them, and compares.
type bench struct {
	*workshop
	*checker
}

// limit of the runs of one program. What is said of programs that can run in more ways is not held against revlint.
const limit = 400

func newBench(dir string) (*bench, error) {
	w, err := newWorkshop(dir)
	if err != nil {
		return nil, err
	}
	c, err := newChecker(w)
	if err != nil {
		return nil, err
	}
	return &bench{w, c}, nil
}

// perPackage is how many programs a package has: so many that what each package costs does not count.
const perPackage = 200

// try lays out programs, those that compile, and compares.
func (b *bench) try(programs []*gen.Program) (*verdict, error) {
	var packages []*gen.Package
	for len(programs) > 0 {
		n := min(perPackage, len(programs))
		p := b.compiling(fmt.Sprintf("p%d", len(packages)), programs[:n])
		packages, programs = append(packages, p), programs[n:]
	}
	if err := b.write(packages, limit); err != nil {
		return nil, err
	}
	findings, err := b.analyse()
	if err != nil {
		return nil, err
	}
	reports, err := b.run()
	if err != nil {
		return nil, err
	}
	return compare(packages, reports, findings), nil
}
