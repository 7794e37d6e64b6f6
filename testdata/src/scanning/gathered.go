package scanning

import (
	"bytes"
	"fmt"
	"log"

	"github.com/revlint/revlint/testdata/src/lib/scan"
)

// All but the last line are overwritten when they are joined.
func joinLines(s *scan.Scanner) []byte {
	var all [][]byte
	for s.Scan() {
		all = append(all, s.Bytes()) // want revescape
	}
	return bytes.Join(all, []byte("\n"))
}

func joinCopies(s *scan.Scanner) []byte {
	var all [][]byte
	for s.Scan() {
		all = append(all, bytes.Clone(s.Bytes()))
	}
	return bytes.Join(all, []byte("\n"))
}

// What is printed is not gathered.
func printPair(s *scan.Scanner) string {
	s.Scan()
	log.Print(s.Bytes(), "=")
	s.Scan()
	return fmt.Sprint("value ", s.Bytes())
}

// Skip advances in some cases, and we need not know in which.
func perhapsSkipped(s *scan.Scanner, comments bool) byte {
	line := s.Bytes()
	s.Skip(comments)
	return line[0]
}

// The loop is one block, and its second round looks at the first one's token.
func descents(s *scan.Scanner) (n int) {
	var prev []byte
	for {
		cur := s.Bytes()
		n += bytes.Compare(prev, cur) // want revuse
		prev = cur
		if !s.Scan() {
			break
		}
	}
	return n
}
