package everyday

import (
	"io"
	"os"
	"strings"
)

// A reader of several files is a reader of each: which of them it reads from next, nobody knows.

func okReadTogether(a, b string) ([]byte, error) {
	f, err := os.Open(a)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	g, err := os.Open(b)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	return io.ReadAll(io.MultiReader(f, g))
}

func badReadTogether(a, b string) ([]byte, error) {
	f, err := os.Open(a)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	g, err := os.Open(b) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.MultiReader(f, g))
}

func okTitled(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	r := io.MultiReader(strings.NewReader("title"), f)
	text, err := io.ReadAll(r)
	f.Close()
	return string(text), err
}
