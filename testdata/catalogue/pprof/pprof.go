// Package pprof has the examples for the standard library's runtime/pprof.
package pprof

import (
	"os"
	"runtime/pprof"
)

// S81: nobody closes the file.
func bad() error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	err = pprof.WriteHeapProfile(f)
	return err
}

// S81: whoever opened it closes it.
func good() error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	defer f.Close()
	err = pprof.WriteHeapProfile(f)
	return err
}

// S81: it is closed when it is asked for.
func late() error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	f.Close()
	err = pprof.WriteHeapProfile(f) // want revuse
	return err
}
