package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// completion returns the script for a shell, which it skips the test without.
func completion(t *testing.T, shell string) (path, script string) {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Skipf("there is no %s", shell)
	}
	out, err := exec.Command(lookPath(t, "mocklint"), "completion", shell).Output()
	if err != nil {
		t.Fatal(err)
	}
	return path, string(out)
}

func lookPath(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// What each shell offers, as the shell itself says.
func TestCompletion(t *testing.T) {
	lines := []struct{ line, want, not string }{
		{"revlint -new", "-new-from-rev", "-f"},
		{"revlint -f te", "text", "json"},
		{"revlint -disable rev", "revuse", "revlint"},
		{"revlint con", "contracts", "completion"},
		{"revlint contracts in", "init", "check"},
		{"revlint completion z", "zsh", "bash"},
	}
	ask := map[string]func(t *testing.T, path, script, line string) string{
		"bash": func(t *testing.T, path, script, line string) string {
			words := strings.Split(line, " ")
			cmd := exec.Command(path, "--norc", "-c", script+`
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_revlint
printf '%s\n' "${COMPREPLY[@]}"`, "bash", "bash")
			cmd.Args = append(cmd.Args, words...)
			return shellOutput(t, cmd)
		},
		"fish": func(t *testing.T, path, script, line string) string {
			return shellOutput(t, exec.Command(path, "--no-config", "-c", script+"\ncomplete -C '"+line+"'"))
		},
	}
	for shell, complete := range ask {
		t.Run(shell, func(t *testing.T) {
			path, script := completion(t, shell)
			for _, l := range lines {
				var offered []string
				for line := range strings.Lines(complete(t, path, script, l.line)) {
					if fields := strings.Fields(line); len(fields) > 0 {
						offered = append(offered, fields[0]) // fish adds a description
					}
				}
				if !slices.Contains(offered, l.want) || slices.Contains(offered, l.not) {
					t.Errorf("%s: %q", l.line, offered)
				}
			}
		})
	}
	t.Run("zsh", func(t *testing.T) {
		path, script := completion(t, "zsh")
		shellOutput(t, exec.Command(path, "-f", "-c", "autoload -U compinit && compinit -D\n"+script+"\n[[ $_comps[revlint] == _revlint ]]"))
	})
}

func shellOutput(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}
