// Package apart implements interfaces of packages that it does not import.
package apart

import "fmt"

type last struct{ line []byte }

func (l *last) String() string { return fmt.Sprintf("%q", l.line) }

// An io.Writer must not keep what it is given.
func (l *last) Write(p []byte) (int, error) {
	l.line = p // want revescape
	return len(p), nil
}

type text struct{ all []byte }

func (t *text) Write(p []byte) (int, error) {
	t.all = fmt.Appendf(t.all, "%q\n", p)
	return len(p), nil
}

type later struct{ p chan []byte }

// Nor may an io.Reader fill it afterwards.
func (l *later) Read(p []byte) (int, error) {
	l.p <- p // want revescape
	return 0, nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
