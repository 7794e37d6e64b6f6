//go:build unix

package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/revlint/revlint/internal/mock"
)

// Interrupted, the command says so and ends with 130; nothing that it started
// goes on. waitlint's units wait for ever, once they have said that they began.
func TestInterrupt(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(s.String(), func(t *testing.T) { testInterrupt(t, s) })
	}
}

func testInterrupt(t *testing.T, s os.Signal) {
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module example.com/m\ngo 1.26.0\n", "m.go": "package m\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fifo := filepath.Join(dir, "began")
	if err := syscall.Mkfifo(fifo, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(lookPath(t, "waitlint"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "BEGAN="+fifo, "GOCACHE="+t.TempDir())
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	began, err := os.Open(fifo) // until a unit opens it as well
	if err != nil {
		t.Fatal(err)
	}
	defer began.Close()
	if err := cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	var last string
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		last = lines.Text()
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 || last != "revlint: interrupted" {
		t.Errorf("%v, and it says %q", err, last)
	}
	// The unit holds the other end for as long as it lives.
	if _, err := began.Read(make([]byte, 1)); err == nil {
		t.Error("a unit has written")
	}
}

// waitlint is mocklint with units that open $BEGAN and wait.
func waitlint() {
	args := os.Args[1:]
	if len(args) > 0 && filepath.Ext(args[len(args)-1]) == ".cfg" {
		if _, err := os.OpenFile(os.Getenv("BEGAN"), os.O_WRONLY, 0); err != nil {
			os.Exit(1)
		}
		time.Sleep(time.Hour)
	}
	os.Exit(run(args, mock.Suite()))
}
