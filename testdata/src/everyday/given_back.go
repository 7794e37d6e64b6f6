package everyday

import (
	"io"
	"os"
)

// An object has a file, and is given to a method of that file: whoever has the object can end the file, and what
// else stands in the object is not known any more.

type ownedSource struct {
	file *os.File
	own  bool
}

func (s *ownedSource) Read(p []byte) (int, error) {
	if len(p) == 0 {
		s.own = false
	}
	return 0, io.EOF
}

func (s *ownedSource) close() error {
	if s.own {
		return s.file.Close()
	}
	return nil
}

func (s *ownedSource) closeAny() error {
	if s.file != nil {
		return s.file.Close()
	}
	return nil
}

func goodGivenItsOwner(given *os.File, name string) (*ownedSource, error) {
	s := &ownedSource{file: given}
	if given == nil {
		f, err := os.Create(name)
		if err != nil {
			return nil, err
		}
		s.file = f
		s.own = true
	}
	if _, err := s.file.ReadFrom(s); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func goodGivenItsOwnerWhichIsAsked(name string) (*ownedSource, error) {
	s := ownedSource{}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	s.file = f
	if _, err := f.ReadFrom(&s); err != nil {
		s.closeAny()
		return nil, err
	}
	return &s, nil
}

// Something else is given to it, so the flag is known.
func badGivenAnother(r io.Reader, name string) (*ownedSource, error) {
	s := &ownedSource{}
	f, err := os.Create(name) // want revleak
	if err != nil {
		return nil, err
	}
	s.file = f
	if _, err := s.file.ReadFrom(r); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}
