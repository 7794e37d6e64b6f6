package closures

import "os"

// A function literal that is returned asks a file that is closed for its name, and no more.

func okAsksForItsName(dir string) (func() error, error) {
	f, err := os.CreateTemp(dir, "x")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return func() error { return os.Remove(f.Name()) }, nil
}

type removing struct {
	dir    string
	remove func() error
}

func okAsksInAStruct(dir string) (*removing, error) {
	f, err := os.CreateTemp(dir, "x")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return &removing{dir, func() error { return os.Remove(f.Name()) }}, nil
}

func badAsksAndReads(dir string) (func(b []byte) (int, error), error) {
	f, err := os.CreateTemp(dir, "x")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return func(b []byte) (int, error) { // want revescape
		println(f.Name())
		return f.Read(b)
	}, nil
}

func badHandsOn(dir string) (func() *os.File, error) {
	f, err := os.CreateTemp(dir, "x")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return func() *os.File { return f }, nil // want revescape
}
