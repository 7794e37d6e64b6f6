package front

import (
	"bytes"
	"os"
	"unicode/utf16"
	"unicode/utf8"
)

// sources are files that have been read, for what is shown of them and for
// counting columns.
type sources map[string]*Source

// A Source is the content of a file.
type Source struct {
	data  []byte
	lines [][]byte // without line ends
}

// NewSource returns data as a Source.
func NewSource(data []byte) *Source {
	src := &Source{data: data}
	for line := range bytes.Lines(data) {
		src.lines = append(src.lines, bytes.TrimRight(line, "\r\n"))
	}
	return src
}

// of returns the file, empty if it cannot be read: it may have gone since it
// was analysed.
func (s sources) of(file string) *Source {
	if src, ok := s[file]; ok {
		return src
	}
	data, err := os.ReadFile(file)
	if err != nil {
		data = nil
	}
	src := NewSource(data)
	s[file] = src
	return src
}

// Indent is the white space at the beginning of a line.
func (s *Source) Indent(line int) string {
	text := s.line(line)
	return string(text[:len(text)-len(bytes.TrimLeft(text, " \t"))])
}

// Length is how many bytes a line has.
func (s *Source) Length(line int) int { return len(s.line(line)) }

// Word is the dotted name that begins at a place; "" if there is none.
func (s *Source) Word(line, column int) string {
	text := s.line(line)
	text = text[min(max(column-1, 0), len(text)):]
	n := 0
	for n < len(text) {
		c := text[n]
		if c != '.' && c != '_' && (c < '0' || '9' < c) && (c < 'A' || 'Z' < c) && (c < 'a' || 'z' < c) && c < 0x80 {
			break
		}
		n++
	}
	return string(text[:n])
}

// widen makes a span that is but a point, as mistakes in comments are, the word
// that begins there.
func (s sources) widen(at *Span) {
	if at.Line < 1 || at.Column < 1 || at.EndLine != at.Line || at.EndColumn != at.Column {
		return
	}
	text := s.of(at.File).line(at.Line)
	word := text[min(at.Column-1, len(text)):]
	if end := bytes.IndexAny(word, " \t,;()"); end >= 0 {
		word = word[:end]
	}
	at.EndColumn += len(word)
}

// line returns a line, counted from 1; nil if there is none such.
func (s *Source) line(n int) []byte {
	if n < 1 || n > len(s.lines) {
		return nil
	}
	return s.lines[n-1]
}

// UTF16Column turns a column in bytes into one in UTF-16 code units.
func (s *Source) UTF16Column(line, column int) int {
	if column < 1 {
		return column
	}
	text := s.line(line)
	before := text[:min(column-1, len(text))]
	n := column - 1 - len(before) // columns after the end of the line
	for len(before) > 0 {
		r, size := utf8.DecodeRune(before)
		n += max(1, utf16.RuneLen(r)) // what is no UTF-8 is read as one U+FFFD
		before = before[size:]
	}
	return n + 1
}

// Position returns line and column in bytes, from 1, of an offset.
func (s *Source) Position(offset int) (line, column int) {
	before := s.data[:min(offset, len(s.data))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}
