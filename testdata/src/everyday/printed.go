package everyday

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
)

// An error keeps the errors that it wraps, and nothing else of what its text speaks of. What only prints might keep
// what it prints, as far as revlint knows.

type filer interface {
	net.Listener
	File() (*os.File, error)
}

func badNamedInAnError(addr string) (filer, error) {
	l, err := net.Listen("tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	f, ok := l.(filer)
	if !ok {
		return nil, fmt.Errorf("%T has no file", l)
	}
	return f, nil
}

func okNamedInAnError(addr string) (filer, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	f, ok := l.(filer)
	if !ok {
		l.Close()
		return nil, fmt.Errorf("%T has no file", l)
	}
	return f, nil
}

func badPrinted(name string) error {
	f, err := os.Open(name) // missed: revleak
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		fmt.Println("no information about", f)
		return err
	}
	return f.Close()
}

func badInText(name string) string {
	f, err := os.Open(name) // missed: revleak
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%v", f)
}

// An error that holds a file closes it some day.
type closing struct{ io.Closer }

func (closing) Error() string { return "closing" }

func okWrapped(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return fmt.Errorf("not now: %w", closing{f})
}

func okWrappedByFormat(name, format string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return fmt.Errorf(format, closing{f})
}

func okCause(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(nil); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", f.Name(), err), f.Sync())
	}
	return nil
}
