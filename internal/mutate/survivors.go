package main

import (
	"fmt"
	"os"
	"strings"
)

// readSurvivors reads the names of mutants that may survive, each with its reason in the lines before, which begin
// with "#" and hold up to the next empty line.
func readSurvivors(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	known := make(map[string]string)
	var reason []string
	names := false
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			reason, names = nil, false
		case strings.HasPrefix(line, "#") && !names:
			reason = append(reason, strings.TrimSpace(line[1:]))
		case strings.HasPrefix(line, "#"):
			return nil, fmt.Errorf("%s:%d: an empty line belongs before the reason", name, i+1)
		case len(reason) == 0:
			return nil, fmt.Errorf("%s:%d: %s has no reason", name, i+1, line)
		default:
			known[line], names = strings.Join(reason, " "), true
		}
	}
	return known, nil
}
