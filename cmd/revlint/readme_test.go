package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestReadme runs the first command of the README, as the program that it
// builds, and compares what is printed with what is promised there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string // of code
	for i, part := range strings.Split(string(readme), "\n```") {
		if i%2 == 1 {
			_, block, _ := strings.Cut(part, "\n")
			blocks = append(blocks, block)
		}
	}
	const program = "go run ./cmd/revlint "
	for i, block := range blocks {
		command, _, _ := strings.Cut(block, "\n")
		args, ok := strings.CutPrefix(command, program)
		if !ok {
			continue
		}
		revlint, err := exec.LookPath("revlint")
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(revlint, strings.Fields(args)...)
		cmd.Dir = "../.."
		out, err := cmd.Output()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: %v, want exit code 1", command, err)
		}
		if i+1 == len(blocks) || string(out) != blocks[i+1]+"\n" {
			t.Errorf("%s prints\n%s\nwhich is not the block of code after it", command, out)
		}
		return
	}
	t.Errorf("no block of code begins with %q", program)
}
