package front

import (
	"regexp"
	"strings"
)

// consequence matches what the go command and our units say of a package only
// because the analysis of another, which it imports, has failed.
var consequence = regexp.MustCompile(`could not import .* \(no package vetx file for ".*"\)$|^\S+: .*: exit status [0-9]+$`)

// tidyFailures takes from the go command's account of failures what was told
// before, for the variants of a package fail alike, and the consequences of
// other failures. If nothing were left, it takes nothing.
//
// The account is in blocks of lines; each but the first is headed by
// "# package".
func tidyFailures(account string) string {
	var tidy strings.Builder
	heading := ""                 // of the current block, if not written yet
	told := make(map[string]bool) // heading and line
	block, skip := "", false
	for line := range strings.Lines(account) {
		text := strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "# ") {
			block, heading, skip = line, line, false
			continue
		}
		if skip || consequence.MatchString(text) {
			continue
		}
		if block != "" {
			if told[block+line] {
				// With a repeated internal error, its stack goes as well,
				// which is never quite the same.
				skip = strings.HasPrefix(line, internalError)
				continue
			}
			told[block+line] = true
		}
		tidy.WriteString(heading)
		heading = ""
		tidy.WriteString(line)
	}
	if tidy.Len() == 0 {
		return account
	}
	return tidy.String()
}
