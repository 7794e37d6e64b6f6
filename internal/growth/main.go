// Growth measures how the work of the engine grows with the size of what it analyses.
//
//	go run ./internal/growth [-shape regexp] [-page file] [-svg file]
//
// It makes programs of one shape each, in three sizes, and counts the statements that
// the engine executes for them: with the coverage counters of the go command, and never
// by the clock. So two runs count the same, whatever else the machine does. What the
// standard library does for the engine is not counted. The exponent is that of the last
// doubling: 1 is linear.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("growth: ")
	chosen := flag.String("shape", "", "measure only the shapes whose name matches this `regexp`")
	flag.Parse()
	only, err := regexp.Compile(*chosen)
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "growth-*")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	counter, err := newCounter(dir, ".")
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range shapes {
		if !only.MatchString(s.name) {
			continue
		}
		g, err := counter.measure(s)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(g.row())
	}
}
