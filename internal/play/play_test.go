package play

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
)

const source = `package play

import "os"

func open() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	f.Stat()
}
`

// told is what a unit prints of source, with $ for the folder.
const told = `{
	"play": {
		"revleak": [
			{
				"category": "revleak",
				"posn": "$/main.go:6:12",
				"end": "$/main.go:6:24",
				"message": "the access to f is not released on every path (revleak)",
				"suggested_fixes": [
					{
						"message": "Insert defer f.Close()",
						"edits": [{"filename": "$/main.go", "start": 93, "end": 93, "new": "\n\tdefer f.Close()"}]
					}
				],
				"related": [{"posn": "$/main.go:10:10", "end": "$/main.go:10:10", "message": "this return leaves it unreleased"}]
			},
			{
				"category": "unproved",
				"posn": "$/main.go:10:2",
				"end": "$/main.go:10:10",
				"message": "nobody asked for what is not proved (revuse)"
			}
		],
		"statistics": [
			{
				"category": "stats",
				"posn": "$/main.go:1:9",
				"message": "{\"proved\":1,\"files\":[\"$/main.go\"],\"accesses\":[{\"at\":[0,10,2,10,10],\"name\":\"f\",\"is\":1,\"by\":\"revuse\",\"loan\":-1}]} (stats)"
			}
		]
	}
}
`

// ask asks for an answer to what a unit has told of source.
func ask(t *testing.T, told string) (a answer, code int) {
	t.Helper()
	t.Chdir(t.TempDir())
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module play\n", "main.go": source} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	code = Main(strings.NewReader(strings.ReplaceAll(told, "$", dir)), &out, analyzers.New(analyzers.NewOptions()).Drivers)
	if code == 0 {
		if err := json.Unmarshal(out.Bytes(), &a); err != nil {
			t.Fatalf("%v\n%s", err, out.Bytes())
		}
	}
	return a, code
}

// An answer has each finding with its frame and with what its fix leaves, and of each
// line with an access what is to be said of it.
func TestAnswer(t *testing.T) {
	a, code := ask(t, told)
	if code != 0 || len(a.Findings) != 1 {
		t.Fatalf("exit code %d, findings %+v, want one", code, a.Findings)
	}
	f := a.Findings[0]
	if f.Line != 6 || f.Column != 12 || f.EndColumn != 24 || f.Analyzer != "revleak" || len(f.Story) != 1 {
		t.Errorf("finding %+v", f)
	}
	for _, want := range []string{"\x1b[1mmain.go:6:12\x1b[0m", "f, err := os.Open", "^^^^^^^^^^^^", "this return leaves it unreleased", "Insert defer f.Close()"} {
		if !strings.Contains(f.Frame, want) {
			t.Errorf("no %q in the frame\n%s", want, f.Frame)
		}
	}
	want := strings.Replace(source, "\t}\n\tf.Stat", "\t}\n\tdefer f.Close()\n\tf.Stat", 1)
	if f.Fix == nil || len(f.Fix.Files) != 1 {
		t.Fatalf("fix %+v", f.Fix)
	}
	for _, text := range f.Fix.Files {
		if text != want {
			t.Errorf("the fix leaves\n%s\nwant\n%s", text, want)
		}
	}
	if len(a.Why) != 2 || a.Why[0].Line != 6 || a.Why[0].Verdict != "violated" || a.Why[1].Line != 10 || a.Why[1].Verdict != "proved" {
		t.Fatalf("why %+v, want line 6 violated, line 10 proved", a.Why)
	}
	if want := "main.go:10:2: f is proved to be accessible\n"; a.Why[1].Text != want {
		t.Errorf("why %q, want %q", a.Why[1].Text, want)
	}
}

// What is no answer of a unit is told as it is.
func TestNoAnswer(t *testing.T) {
	a, code := ask(t, "something else\n")
	if code != 0 || a.Failures != "something else\n" || len(a.Findings) > 0 {
		t.Errorf("exit code %d, %+v", code, a)
	}
}

// A fix that does not fit the file is an error.
func TestStaleFix(t *testing.T) {
	if _, code := ask(t, strings.Replace(told, `"end": 93`, `"end": 9700`, 1)); code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
}
