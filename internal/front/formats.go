package front

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/revlint/revlint/internal/front/config"
)

// printJSON prints one object. Paths are as in text; lines and columns count
// from 1, columns and the offsets of edits in bytes.
func printJSON(w io.Writer, r *report) error {
	type span struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Column    int    `json:"column"`
		EndLine   int    `json:"endLine"`
		EndColumn int    `json:"endColumn"`
	}
	type related struct {
		span
		Message string `json:"message"`
	}
	type edit struct {
		File  string `json:"file"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		New   string `json:"new"`
	}
	type fix struct {
		Message string `json:"message"`
		Edits   []edit `json:"edits"`
	}
	type finding struct {
		span
		Analyzer string          `json:"analyzer"`
		Severity config.Severity `json:"severity"`
		Message  string          `json:"message"`
		Package  string          `json:"package"`
		Function string          `json:"function,omitempty"`
		Related  []related       `json:"related,omitempty"`
		Fixes    []fix           `json:"fixes,omitempty"`
	}
	type stats struct {
		Package string `json:"package"`
		packageStats
	}
	out := struct {
		Version  string    `json:"version"`
		Failed   bool      `json:"failed"`             // some package could not be analysed
		Failures string    `json:"failures,omitempty"` // why
		Findings []finding `json:"findings"`
		Notes    []related `json:"notes,omitempty"` // of what has no effect in the configuration
		Stats    []stats   `json:"stats,omitempty"`
	}{Version: version(), Failed: r.failed, Findings: []finding{}}
	if r.failed {
		out.Failures = r.failures
	}
	spanOf := func(s Span) span { return span{shortPath(s.File), s.Line, s.Column, s.EndLine, s.EndColumn} }
	for _, f := range r.findings {
		d := finding{
			span: spanOf(f.Span), Analyzer: f.Analyzer, Severity: f.Severity,
			Message: f.Message, Package: f.Package, Function: f.Function,
		}
		for _, rel := range f.Related {
			d.Related = append(d.Related, related{spanOf(rel.Span), rel.Message})
		}
		for _, x := range f.Fixes {
			y := fix{Message: x.Message, Edits: []edit{}}
			for _, e := range x.Edits {
				y.Edits = append(y.Edits, edit{shortPath(e.File), e.Start, e.End, e.New})
			}
			d.Fixes = append(d.Fixes, y)
		}
		out.Findings = append(out.Findings, d)
	}
	for _, n := range r.notes {
		out.Notes = append(out.Notes, related{spanOf(n.Span), n.message})
	}
	for _, s := range r.stats {
		out.Stats = append(out.Stats, stats{s.pkg, s})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// printCheckstyle prints the XML that many CI servers read.
func printCheckstyle(w io.Writer, r *report) error {
	type item struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
	type file struct {
		Name  string `xml:"name,attr"`
		Items []item `xml:"error"`
	}
	type checkstyle struct {
		XMLName xml.Name `xml:"checkstyle"`
		Version string   `xml:"version,attr"`
		Files   []file   `xml:"file"`
	}
	out := checkstyle{Version: "5.0"}
	for _, group := range byFile(r.findings) {
		f := file{Name: shortPath(group[0].File)}
		for _, d := range group {
			severity := string(d.Severity)
			if d.Severity == config.Note {
				severity = "info"
			}
			f.Items = append(f.Items, item{d.Line, d.Column, severity, d.Message, "revlint." + d.Analyzer})
		}
		out.Files = append(out.Files, f)
	}
	return writeXML(w, out)
}

// byFile groups findings, which are sorted, by their file.
func byFile(findings []*Finding) [][]*Finding {
	var groups [][]*Finding
	for i, f := range findings {
		if i == 0 || f.File != findings[i-1].File {
			groups = append(groups, nil)
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], f)
	}
	return groups
}

// printGitHub prints workflow commands, which GitHub Actions shows as
// annotations of the changed files.
func printGitHub(w io.Writer, r *report) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range r.findings {
		command := string(f.Severity)
		if f.Severity == config.Note {
			command = "notice"
		}
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,title=%s::%s\n",
			command, property.Replace(filepath.ToSlash(shortPath(f.File))),
			f.Line, f.Column, f.EndLine, f.EndColumn, property.Replace("revlint "+f.Analyzer), data.Replace(f.Message))
		if err != nil {
			return err
		}
	}
	return nil
}
