package everyday

import (
	"context"
	"errors"
	"os"
	"time"
)

// Who keeps what it is given, unless it fails, says so by its error, and so do those that hand it on.

type slot struct{ f *os.File }

var errTaken = errors.New("taken")

func (s *slot) take(f *os.File) error {
	if s.f != nil {
		return errTaken
	}
	s.f = f
	return nil
}

var onlySlot slot

func takeOnly(f *os.File) error { return onlySlot.take(f) }

type slots struct{ first *slot }

func (s *slots) take(f *os.File) error { return s.first.take(f) }

func okTaken(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := takeOnly(f); err != nil {
		f.Close()
		return err
	}
	return nil
}

func okTakenByFirst(s *slots, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := s.take(f); err != nil {
		f.Close()
		return err
	}
	return nil
}

func badTaken(name string) error {
	f, err := os.Create(name) // want revleak
	if err != nil {
		return err
	}
	return takeOnly(f)
}

func badTakenAndClosed(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return takeOnly(f) // want revescape
}

// What is appended to a package variable has moved there, one by one.

var atExit []func()

func onExit(fs ...func()) { atExit = append(atExit, fs...) }

var openFiles []*os.File

func keepOpen(fs ...*os.File) { openFiles = append(openFiles, fs...) }

func okOnExit(set func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	set(ctx)
	onExit(cancel)
}

func okKeptOpen(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	keepOpen(f)
	return nil
}

func howMany(fs ...*os.File) int { return len(fs) }

func badCounted(name string) (int, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	return howMany(f), nil
}
