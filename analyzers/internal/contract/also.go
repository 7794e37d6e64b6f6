package contract

import (
	"go/ast"
	"slices"
	"strings"
)

// A package is often the same under several paths: of its major versions, of a fork that took
// its place, of an owner who changed his name. A stub names them behind "also", and speaks
// of each as far as it fits.

// moved gives, for the package at path, the paths of what it imports: where
// github.com/jackc/pgx/v5/pgxpool is …/v4/pgxpool, …/v5 is …/v4 too.
func (s *stub) moved(path string) func(string) string {
	from, to := s.path, path
	for from != to {
		i, j := strings.LastIndexByte(from, '/'), strings.LastIndexByte(to, '/')
		if i < 0 || j < 0 || from[i:] != to[j:] {
			break
		}
		from, to = from[:i], to[:j]
	}
	return func(p string) string {
		if rest, ok := strings.CutPrefix(p, from); ok && (rest == "" || rest[0] == '/') {
			return to + rest
		}
		return p
	}
}

// releases reports whether nothing that the stub says of giving back has become another thing
// in the package. What is not there is no harm: nobody calls it.
func (b *stubBinder) releases() bool { return !b.unlike }

// isRelease reports whether a comment has a directive that gives back.
func isRelease(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool {
		if !isDirective(c.Text) {
			return false
		}
		s, err := parse(c.Text)
		return err == nil && verbRules[s.verb].verb == Release
	})
}
