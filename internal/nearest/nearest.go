// Package nearest finds what somebody meant who has mistyped a name.
package nearest

import (
	"fmt"
	"strings"

	edlib "github.com/hbollon/go-edlib"
)

// Of returns the one of names, other than itself, that word resembles most, the
// first of several; "" if it resembles none: no more than a third of its letters
// may be wrong, and never more than two.
func Of(word string, names []string) string {
	best, least := "", min(2, len(word)/3)+1
	for _, name := range names {
		if name == word {
			continue
		}
		if d := edlib.OSADamerauLevenshteinDistance(strings.ToLower(word), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// Hint is what a message about an unknown word ends in: a question, or nothing.
func Hint(word string, names []string) string {
	if name := Of(word, names); name != "" {
		return fmt.Sprintf(": did you mean %q?", name)
	}
	return ""
}

// List is Hint, or the list of names where word resembles none.
func List(word string, names []string) string {
	if hint := Hint(word, names); hint != "" {
		return hint
	}
	return ": there are " + strings.Join(names, ", ")
}
