package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/revlint/revlint/internal/mock"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"revlint": main,
		// The same command with analyzers that find, and fail, on request.
		"mocklint":  func() { os.Exit(run(os.Args[1:], mock.Suite())) },
		"faultlint": faultlint,
		"countlint": countlint,
		"cacheprog": cacheprog,
		"waitlint":  waitlint,
	})
}

// TestScripts runs testdata/script: front/ tests the command with mock
// analyzers, lint/ the real thing.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir() // one for all scripts: the standard library is analysed once
	for _, dir := range []string{"front", "lint"} {
		t.Run(dir, func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir:                 filepath.Join(repository, "testdata/script", dir),
				RequireExplicitExec: true,
				RequireUniqueNames:  true,
				Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exit": exit, "release": release},
				Setup: func(env *testscript.Env) error {
					for name, value := range map[string]string{
						"GOCACHE":     cache,
						"GOPROXY":     "off",
						"GOFLAGS":     "",
						"GOENV":       "off",
						"GOSUMDB":     "off",
						"GOWORK":      "",
						"GOTOOLCHAIN": "local",
						"GOMODCACHE":  goEnv(t, "GOMODCACHE"),
						"REPOSITORY":  repository,
						"BUILDCACHE":  goEnv(t, "GOCACHE"), // for scripts that build large programs
						// Commits need somebody.
						"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
						"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
						"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
					} {
						env.Setenv(name, value)
					}
					// go vet wants the tools' paths, not their names.
					for _, tool := range []string{"revlint", "mocklint", "faultlint", "countlint", "cacheprog"} {
						path, err := exec.LookPath(tool)
						if err != nil {
							return err
						}
						env.Setenv(strings.ToUpper(tool), path)
					}
					return nil
				},
			})
		})
	}
}

// exit is the script command "exit code command…": the command must end with
// that exit code.
func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit code command [args]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
