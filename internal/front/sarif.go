package front

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/revlint/revlint/analyzers/checks"
)

// The parts of SARIF 2.1.0 that are used; see the specification (OASIS) for
// their meaning.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool               sarifTool                `json:"tool"`
		Invocations        []sarifInvocation        `json:"invocations"`
		OriginalURIBaseIDs map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind         string                   `json:"columnKind"`
		Results            []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifMessage `json:"shortDescription"`
		FullDescription  sarifMessage `json:"fullDescription"`
		Help             sarifHelp    `json:"help"`
		HelpURI          string       `json:"helpUri,omitempty"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string       `json:"level"`
		Message sarifMessage `json:"message"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId,omitempty"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifMessage      `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
		CodeFlows           []sarifCodeFlow   `json:"codeFlows,omitempty"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
		Fixes               []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID               int           `json:"id,omitempty"`
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
		Message          *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		Locations []sarifFlowLocation `json:"locations"`
	}
	sarifFlowLocation struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description     sarifMessage  `json:"description"`
		ArtifactChanges []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		ArtifactLocation sarifArtifact      `json:"artifactLocation"`
		Replacements     []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		DeletedRegion   sarifRegion  `json:"deletedRegion"`
		InsertedContent sarifMessage `json:"insertedContent"`
	}
)

// sarifBase names the working directory, from which paths are given.
const sarifBase = "SRCROOT"

// printSARIF prints a SARIF 2.1.0 log, as code scanning services read it.
func printSARIF(w io.Writer, r *report) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	s := sarifWriter{dir: dir, files: make(sources)}
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name:           "revlint",
			Version:        version(),
			InformationURI: "https://github.com/revlint/revlint",
			Rules:          []sarifRule{},
		}},
		Invocations:        []sarifInvocation{{ExecutionSuccessful: !r.failed}},
		OriginalURIBaseIDs: map[string]sarifArtifact{sarifBase: {URI: fileURI(dir) + "/"}},
		ColumnKind:         "utf16CodeUnits",
		Results:            []sarifResult{},
	}
	if r.failed {
		run.Invocations[0].Notifications = []sarifNotification{{"error", sarifMessage{r.failures}}}
	}
	for _, n := range r.notes {
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, sarifNotification{"note", sarifMessage{n.String()}})
	}
	rules := make(map[string]int)
	for _, a := range r.analyzers {
		if a.Name == statsAnalyzer {
			continue
		}
		rules[a.Name] = len(run.Tool.Driver.Rules)
		rule := sarifRule{ID: a.Name, ShortDescription: sarifMessage{title(a)}, FullDescription: sarifMessage{a.Doc}, Help: sarifHelp{Text: a.Doc}, HelpURI: a.URL}
		if c := checks.Of(a); c != nil {
			rule.Help.Markdown = c.Doc.Compile().FormatMarkdown(false)
		}
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
	}
	for _, f := range r.findings {
		run.Results = append(run.Results, s.result(f, rules[f.Analyzer]))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifWriter translates places.
type sarifWriter struct {
	dir   string
	files sources
}

func (s *sarifWriter) result(f *Finding, rule int) sarifResult {
	r := sarifResult{
		RuleID:    f.Analyzer,
		RuleIndex: rule,
		Level:     string(f.Severity),
		Message:   sarifMessage{f.Message},
		Locations: []sarifLocation{s.location(f.Span, "")},
	}
	k := keyOf(f, s.dir)
	hash := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q", k.Check, k.File, k.Function, k.Message))
	r.PartialFingerprints = map[string]string{"finding/v1": fmt.Sprintf("%x", hash[:16])}
	var story sarifThreadFlow
	for i, rel := range f.Related {
		l := s.location(rel.Span, rel.Message)
		story.Locations = append(story.Locations, sarifFlowLocation{l})
		l.ID = i + 1
		r.RelatedLocations = append(r.RelatedLocations, l)
	}
	if len(f.Related) > 0 {
		story.Locations = append(story.Locations, sarifFlowLocation{s.location(f.Span, f.Message)})
		r.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{story}}}
	}
	for _, fix := range f.Fixes {
		r.Fixes = append(r.Fixes, s.fix(fix))
	}
	return r
}

func (s *sarifWriter) location(p Span, message string) sarifLocation {
	l := sarifLocation{PhysicalLocation: sarifPhysical{ArtifactLocation: s.artifact(p.File)}}
	if message != "" {
		l.Message = &sarifMessage{message}
	}
	if p.Line > 0 {
		src := s.files.of(p.File)
		l.PhysicalLocation.Region = &sarifRegion{
			StartLine:   p.Line,
			StartColumn: src.UTF16Column(p.Line, p.Column),
			EndLine:     p.EndLine,
			EndColumn:   src.UTF16Column(p.EndLine, p.EndColumn),
		}
	}
	return l
}

func (s *sarifWriter) fix(fix Fix) sarifFix {
	out := sarifFix{Description: sarifMessage{fix.Message}}
	index := make(map[string]int)
	for _, e := range fix.Edits {
		i, ok := index[e.File]
		if !ok {
			i = len(out.ArtifactChanges)
			index[e.File] = i
			out.ArtifactChanges = append(out.ArtifactChanges, sarifChange{ArtifactLocation: s.artifact(e.File)})
		}
		src := s.files.of(e.File)
		startLine, startColumn := src.Position(e.Start)
		endLine, endColumn := src.Position(e.End)
		change := &out.ArtifactChanges[i]
		change.Replacements = append(change.Replacements, sarifReplacement{
			DeletedRegion: sarifRegion{
				startLine, src.UTF16Column(startLine, startColumn),
				endLine, src.UTF16Column(endLine, endColumn),
			},
			InsertedContent: sarifMessage{e.New},
		})
	}
	return out
}

// artifact names a file by the way to it from the working directory, or
// absolutely if it is not below that.
func (s *sarifWriter) artifact(file string) sarifArtifact {
	if rel, err := filepath.Rel(s.dir, file); err == nil && filepath.IsLocal(rel) {
		return sarifArtifact{URI: (&url.URL{Path: filepath.ToSlash(rel)}).EscapedPath(), URIBaseID: sarifBase}
	}
	return sarifArtifact{URI: fileURI(file)}
}

func fileURI(file string) string {
	p := filepath.ToSlash(file)
	if !strings.HasPrefix(p, "/") { // C:/…
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}
