package front

import (
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"golang.org/x/tools/go/analysis"

	"github.com/revlint/revlint/internal/front/config"
)

// printJUnit prints the XML that most CI servers read as the results of tests: a
// suite for each file, in which each finding is a test that failed. What could
// not be analysed is a test with an error.
func printJUnit(w io.Writer, r *report) error {
	type problem struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	type testCase struct {
		Name      string   `xml:"name,attr"`
		Classname string   `xml:"classname,attr"`
		File      string   `xml:"file,attr,omitempty"`
		Line      int      `xml:"line,attr,omitempty"`
		Failure   *problem `xml:"failure"`
		Error     *problem `xml:"error"`
	}
	type suite struct {
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Cases    []testCase `xml:"testcase"`
	}
	out := struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []suite  `xml:"testsuite"`
	}{}
	if r.failed {
		out.Suites = append(out.Suites, suite{Name: "revlint", Tests: 1, Errors: 1, Cases: []testCase{{
			Name: "analysis", Classname: "revlint",
			Error: &problem{"some packages could not be analysed", "failure", r.failures},
		}}})
	}
	for _, group := range byFile(r.findings) {
		s := suite{Name: filepath.ToSlash(shortPath(group[0].File)), Tests: len(group), Failures: len(group)}
		for _, d := range group {
			place := filepath.ToSlash(d.place())
			s.Cases = append(s.Cases, testCase{
				Name: d.Analyzer, Classname: place, File: s.Name, Line: d.Line,
				Failure: &problem{place + ": " + d.Message, string(d.Severity), story(d)},
			})
		}
		out.Suites = append(out.Suites, s)
	}
	return writeXML(w, out)
}

// story is a finding with its steps, a line each.
func story(f *Finding) string {
	lines := []string{filepath.ToSlash(f.place()) + ": " + f.Message}
	for _, r := range f.Related {
		lines = append(lines, "\t"+filepath.ToSlash(r.place())+": "+r.Message)
	}
	return strings.Join(lines, "\n")
}

func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// printGitLab prints a code quality report. Its paths are from the working
// directory, which has to be the root of the repository.
func printGitLab(w io.Writer, r *report) error {
	type lines struct {
		Begin int `json:"begin"`
		End   int `json:"end"`
	}
	type location struct {
		Path  string `json:"path"`
		Lines lines  `json:"lines"`
	}
	type issue struct {
		Description string   `json:"description"`
		CheckName   string   `json:"check_name"`
		Fingerprint string   `json:"fingerprint"`
		Severity    string   `json:"severity"`
		Location    location `json:"location"`
	}
	severities := map[config.Severity]string{config.Error: "major", config.Warning: "minor", config.Note: "info"}
	issues := []issue{}
	seen := make(map[string]int)
	for _, f := range r.findings {
		path := filepath.ToSlash(shortPath(f.File))
		key := fmt.Sprintf("%q %q %q %q", f.Analyzer, path, f.Function, f.Message)
		seen[key]++ // equal ones are told apart by their order
		hash := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, seen[key]))
		issues = append(issues, issue{
			Description: f.Message, CheckName: f.Analyzer, Fingerprint: fmt.Sprintf("%x", hash[:16]), Severity: severities[f.Severity],
			Location: location{path, lines{max(f.Line, 1), max(f.EndLine, f.Line, 1)}},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(issues)
}

// printTeamCity prints service messages, which TeamCity shows as inspections.
func printTeamCity(w io.Writer, r *report) error {
	severities := map[config.Severity]string{config.Error: "ERROR", config.Warning: "WARNING", config.Note: "INFO"}
	var out strings.Builder
	found := make(map[string]bool)
	for _, f := range r.findings {
		found[f.Analyzer] = true
	}
	for _, a := range r.analyzers {
		if found[a.Name] {
			fmt.Fprintf(&out, "##teamcity[inspectionType id='%s' name='%[1]s' description='%s' category='revlint']\n", a.Name, teamCityText(title(a)))
		}
	}
	for _, f := range r.findings {
		fmt.Fprintf(&out, "##teamcity[inspection typeId='%s' message='%s' file='%s' line='%d' SEVERITY='%s']\n",
			f.Analyzer, teamCityText(f.Message), teamCityText(filepath.ToSlash(shortPath(f.File))), f.Line, severities[f.Severity])
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// title is the first line of an analyzer's documentation.
func title(a *analysis.Analyzer) string {
	title, _, _ := strings.Cut(a.Doc, "\n")
	return title
}

// teamCityText escapes a value of a service message.
func teamCityText(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("|'[]", r):
			out.WriteString("|" + string(r))
		case r == '\n':
			out.WriteString("|n")
		case r == '\r':
			out.WriteString("|r")
		case r > '~':
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, "|0x%04X", unit)
			}
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
