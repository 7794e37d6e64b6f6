package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/revlint/revlint/internal/front"
)

// A mistake is a reason, at a known place, why something could not be
// analysed.
type mistake struct {
	message string
	front.Span
}

func (m *mistake) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.message)
}

// placed matches a line of the go command, or an error in the configuration,
// that begins with a place.
var placed = regexp.MustCompile(`^(?:vet: )?(\S.*?\.(?:go|mod|work|yaml)):([0-9]+)(?::([0-9]+))?: (.+)$`)

// parseFailures takes an account of failures apart: what has a place, and what
// has none. Relative names are from dir.
func parseFailures(account, dir string) (mistakes []mistake, rest string) {
	var others strings.Builder
	for line := range strings.Lines(account) {
		text := strings.TrimRight(line, "\r\n")
		m := placed.FindStringSubmatch(text)
		if m == nil {
			if text != "" && !strings.HasPrefix(text, "# ") { // the headings, of packages
				others.WriteString(text + "\n")
			}
			continue
		}
		file := m[1]
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		at := front.Span{File: file}
		at.Line, _ = strconv.Atoi(m[2])
		at.Column, _ = strconv.Atoi(m[3])
		at.EndLine, at.EndColumn = at.Line, at.Column
		mistakes = append(mistakes, mistake{"not analysed: " + m[4], at})
	}
	return mistakes, others.String()
}

// read returns the content of a file.
func read(name string) (string, error) {
	data, err := os.ReadFile(name)
	return string(data), err
}
