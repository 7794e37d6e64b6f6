package config

import (
	"fmt"
	"io"
	"os"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// A configuration may come with a pull request from anybody. So its size and its
// depth are bounded before it is parsed, for the parser takes some 200 bytes for each
// that it reads, and more than 30 KB for each bracket that is left open.
const (
	maxSize  = 128 << 10 // in bytes: a thousand entries and more
	maxDepth = 16        // a right one has three
)

// readBounded reads the file, but no more of it than tells that it is too large.
func readBounded(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// checkSize tells what is too large or too deep to be a configuration.
func checkSize(data []byte) error {
	if len(data) > maxSize {
		return fmt.Errorf("1:1: a configuration has at most %d KiB, and this one more", maxSize>>10)
	}
	brackets, dashes, line := 0, 0, 0
	for _, t := range lexer.Tokenize(string(data)) {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType:
			dashes++
		}
		if max(brackets, dashes) > maxDepth {
			return fmt.Errorf("%d:%d: lists and mappings are nested more than %d deep here", line, t.Position.Column, maxDepth)
		}
	}
	return nil
}
