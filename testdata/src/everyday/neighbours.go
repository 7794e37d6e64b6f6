package everyday

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// A struct has the file beside what a scanner writes to: who was given the address of one field cannot get at the
// other.

type scannedFile struct {
	file *os.File
	name string
	size int
}

func (s *scannedFile) close() error { return s.file.Close() }

var errEmpty = errors.New("empty")

func badBesideScanned(name string, rows interface{ Scan(...any) error }) (*scannedFile, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return nil, err
	}
	s := scannedFile{file: f}
	if err := rows.Scan(&s.name, &s.size); err != nil {
		f.Close()
		return nil, err
	}
	if s.size == 0 {
		return nil, errEmpty
	}
	return &s, nil
}

func badBesideScannedInLoop(name string, rows interface{ Scan(...any) error }) (*scannedFile, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return nil, err
	}
	s := scannedFile{file: f}
	for range 3 {
		if err := rows.Scan(&s.name, &s.size); err != nil {
			f.Close()
			return nil, err
		}
		if s.size > 0 {
			return &s, nil
		}
	}
	return nil, errEmpty
}

func okBesideScanned(name string, rows interface{ Scan(...any) error }) (*scannedFile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	s := scannedFile{file: f}
	if err := rows.Scan(&s.name, &s.size); err != nil {
		return nil, errors.Join(err, s.close())
	}
	if s.size == 0 {
		f.Close()
		return nil, errEmpty
	}
	return &s, nil
}

// What was given the whole, or the field itself, may keep the file.

func okWholeGiven(name string, keep func(*scannedFile) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := scannedFile{file: f}
	if err := keep(&s); err != nil {
		return err
	}
	return nil
}

func okFieldGiven(name string, keep func(**os.File, *int) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := scannedFile{file: f}
	return keep(&s.file, &s.size)
}

var scannedFiles []*scannedFile

func okPublished(name string, r io.Reader) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := &scannedFile{file: f}
	if _, err := fmt.Fscan(r, &s.name, &s.size); err != nil {
		f.Close()
		return err
	}
	scannedFiles = append(scannedFiles, s)
	return nil
}

func okCapturedWhole(name string, rows interface{ Scan(...any) error }, later func(func() error)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s := scannedFile{file: f}
	later(func() error { return s.file.Close() })
	return rows.Scan(&s.name, &s.size)
}
