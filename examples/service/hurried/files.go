package hurried

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// buffers are for rendering.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render is the notes as one text.
func (s *Service) Render(ctx context.Context) ([]byte, error) {
	all, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	for _, text := range all {
		buf.WriteString(text)
		buf.WriteByte('\n')
	}
	return buf.Bytes(), nil // want revescape
}

// Export writes the notes to a file of the service's folder, and says how long it is.
func (s *Service) Export(ctx context.Context, name string) (size int64, err error) {
	text, err := s.Render(ctx)
	if err != nil {
		return 0, err
	}
	f, err := os.Create(filepath.Join(s.dir, name)) // want revleak
	if err != nil {
		return 0, err
	}
	if _, err := f.Write(text); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), f.Close()
}

// readLines are the lines of r.
func readLines(r io.Reader) (lines []string, err error) {
	for s := bufio.NewScanner(r); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines, nil
}
