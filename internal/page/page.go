// Package page writes into pages of the documentation what commands have measured.
package page

import (
	"fmt"
	"os"
	"strings"
)

// Replace puts text between the marks called name in the file: lines of their own,
// "<!-- name: made by … -->" and "<!-- end of name -->".
func Replace(file, name, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), "<!-- "+name+": ")
	mark, rest, ok2 := strings.Cut(rest, "-->\n")
	_, after, ok3 := strings.Cut(rest, "<!-- end of "+name+" -->")
	if !ok || !ok2 || !ok3 {
		return fmt.Errorf("%s has no place for %s", file, name)
	}
	return os.WriteFile(file, []byte(before+"<!-- "+name+": "+mark+"-->\n\n"+strings.TrimSpace(text)+"\n\n<!-- end of "+name+" -->"+after), 0o666)
}
