package valueanderror

import (
	"fmt"
	"io/fs"
	"os"
)

// Code out of sight that is given an error which is nil answers with none, and with no, by
// custom: nobody knows it, so what comes after the other answer is not judged.

// Annotate and IsGone are of a module that is not followed.
var (
	Annotate func(err error, format string) error
	IsGone   func(err error) bool
	Complain func(text string) error
	Enabled  func() bool
)

type journal struct{ file *os.File }

func newJournal(name string) (*journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &journal{f}, nil
}

func (j *journal) close() { j.file.Close() }

func okNewAnnotated(name string) (j *journal, err error) {
	defer func() { err = Annotate(err, "journal: %w") }()
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening: %w", err)
	}
	return &journal{f}, nil
}

type closer interface{ close() }

type noJournal struct{}

func (noJournal) close() {}

func okAnnotatedReplaced(name string) error {
	var c closer
	c, err := okNewAnnotated(name)
	if err != nil {
		c = noJournal{}
	}
	_, err = os.Stat(name)
	c.close()
	return err
}

func okAnnotated(name string) error {
	j, err := okNewAnnotated(name)
	if err != nil {
		return err
	}
	j.close()
	return nil
}

func okIsGone(name string) (bool, error) {
	j, err := newJournal(name)
	if IsGone(err) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	j.close()
	return false, nil
}

func okAnnotatedHere(name string) error {
	j, err := newJournal(name)
	if err := Annotate(err, "journal"); err != nil {
		return err
	}
	j.close()
	return nil
}

func annotatedLeft(name string) error {
	j, err := okNewAnnotated(name) // want revleak
	if err != nil {
		return err
	}
	if _, err := j.file.Stat(); err != nil {
		return err
	}
	j.close()
	return nil
}

func isGoneLeft(name string) (bool, error) {
	j, err := newJournal(name) // want revleak
	if IsGone(err) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if _, err := j.file.Stat(); IsGone(err) {
		return true, nil
	} else if err != nil {
		return false, err
	}
	j.close()
	return false, nil
}

// Who is given no error may fail for reasons of its own.

func complainedLeft(name string) error {
	j, err := newJournal(name) // want revleak
	if err != nil {
		return err
	}
	if err := Complain(name); err != nil {
		return err
	}
	j.close()
	return nil
}

func enabledLeft(name string) error {
	j, err := newJournal(name) // want revleak
	if err != nil {
		return err
	}
	if Enabled() {
		return fs.ErrExist
	}
	j.close()
	return nil
}
