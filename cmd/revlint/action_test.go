package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// An action is what of action.yml can be run without GitHub.
type action struct {
	Inputs map[string]struct {
		Default string `yaml:"default"`
	} `yaml:"inputs"`
	Runs struct {
		Using string       `yaml:"using"`
		Steps []actionStep `yaml:"steps"`
	} `yaml:"runs"`
}

type actionStep struct {
	Name      string            `yaml:"name"`
	ID        string            `yaml:"id"`
	Run       string            `yaml:"run"`
	Directory string            `yaml:"working-directory"`
	Env       map[string]string `yaml:"env"`
	Uses      string            `yaml:"uses"`
	With      map[string]string `yaml:"with"`
}

var expression = regexp.MustCompile(`\$\{\{ *([^ }]+) *\}\}`)

// runAction does the steps of action.yml as a runner does, up to the first
// that fails. It returns the exit code, what was printed, and the findings
// that would have been uploaded.
func runAction(t *testing.T, dir string, inputs map[string]string) (code int, output string, sarif []byte) {
	t.Helper()
	home, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(home, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var a action
	if err := yaml.Unmarshal(text, &a); err != nil {
		t.Fatal(err)
	}
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatalf("action.yml: %+v", a)
	}
	values := map[string]string{"github.action_path": home}
	for name, input := range a.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range inputs {
		values["inputs."+name] = value
	}
	evaluate := func(s string) string {
		return expression.ReplaceAllStringFunc(s, func(e string) string {
			name := expression.FindStringSubmatch(e)[1]
			value, ok := values[name]
			if !ok {
				t.Errorf("action.yml: nothing is known of %s", name)
			}
			return value
		})
	}
	temp := t.TempDir()
	outputs := filepath.Join(temp, "outputs")
	for _, step := range a.Runs.Steps {
		if step.Uses != "" {
			if !strings.HasPrefix(step.Uses, "github/codeql-action/upload-sarif@") {
				t.Errorf("%s: what does %s do?", step.Name, step.Uses)
			}
			if sarif, err = os.ReadFile(evaluate(step.With["sarif_file"])); err != nil {
				t.Error(err)
			}
			continue
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", evaluate(step.Run))
		cmd.Dir = dir
		if step.Directory != "" {
			cmd.Dir = evaluate(step.Directory)
		}
		cmd.Env = append(os.Environ(), "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+outputs, "GITHUB_ACTION_PATH="+home)
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+evaluate(value))
		}
		out, err := cmd.CombinedOutput()
		output += string(out)
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode(), output, sarif
		} else if err != nil {
			t.Fatal(err)
		}
		if step.ID != "" {
			maps.Copy(values, outputsOf(t, outputs, step.ID))
		}
	}
	return 0, output, sarif
}

// outputsOf reads what the step has written to the file GITHUB_OUTPUT.
func outputsOf(t *testing.T, file, step string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	outputs := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		outputs["steps."+step+".outputs."+name] = value
	}
	return outputs
}

// TestAction runs the action: where there are findings, they are uploaded and
// printed and the job fails, and so it does for what cannot be analysed.
func TestAction(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	results := func(sarif []byte) int {
		var log struct{ Runs []struct{ Results []any } }
		if err := json.Unmarshal(sarif, &log); err != nil {
			t.Fatalf("%v\n%s", err, sarif)
		}
		return len(log.Runs[0].Results)
	}
	repository := "../.."

	code, output, sarif := runAction(t, repository, map[string]string{"packages": "./examples/misuse ./examples/nic"})
	if code != 1 || results(sarif) != 7 || strings.Count(output, "::error file=examples/misuse/") != 7 {
		t.Errorf("misuse: exit code %d, output\n%s\n%s", code, output, sarif)
	}
	code, output, sarif = runAction(t, repository, map[string]string{"packages": "./examples/misuse", "flags": "-enable revnil -tests=false"})
	if code != 1 || results(sarif) != 1 || strings.Count(output, "::error") != 1 {
		t.Errorf("one analyzer: exit code %d, output\n%s\n%s", code, output, sarif)
	}
	code, output, sarif = runAction(t, filepath.Join(repository, "examples/nic"), nil)
	if code != 0 || results(sarif) != 0 || output != "" {
		t.Errorf("nothing: exit code %d, output\n%s\n%s", code, output, sarif)
	}
	code, output, sarif = runAction(t, repository, map[string]string{"packages": "./nowhere"})
	if code != 2 || results(sarif) != 0 || !strings.Contains(output, "nowhere: directory not found") {
		t.Errorf("a package that is not there: exit code %d, output\n%s\n%s", code, output, sarif)
	}
	code, output, sarif = runAction(t, repository, map[string]string{"flags": "-nonsense"})
	if code != 2 || sarif != nil || !strings.Contains(output, "unknown flag -nonsense") {
		t.Errorf("a wrong flag: exit code %d, output\n%s\n%s", code, output, sarif)
	}
}
