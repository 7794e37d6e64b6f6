package everyday

import "os"

// What is returned closed: a file that was closed on purpose still has a name, and what a defer closes is
// returned by mistake.

func writtenTemp(content []byte) (*os.File, error) {
	f, err := os.CreateTemp("", "routes")
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(content); err != nil {
		f.Close()
		return nil, err
	}
	err = f.Close()
	return f, err
}

func usesWritten(content []byte) error {
	f, err := writtenTemp(content)
	if err != nil {
		return err
	}
	return os.Remove(f.Name())
}

func emptyTemp() *os.File {
	f, err := os.CreateTemp("", "empty")
	if err != nil {
		panic(err)
	}
	f.Close()
	return f
}

type scratch struct{ file *os.File }

func newScratch() (*scratch, error) {
	f, err := os.CreateTemp("", "scratch")
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return &scratch{file: f}, nil
}

func (s *scratch) remove() error { return os.Remove(s.file.Name()) }

func deferredTemp() (*os.File, error) {
	f, err := os.CreateTemp("", "routes")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f, nil // want revescape
}
