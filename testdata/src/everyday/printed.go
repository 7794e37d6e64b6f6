package everyday

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"testing"
)

// An error keeps the errors that it wraps, and nothing else of what its text speaks of. What only prints keeps nothing.

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
	f, err := os.Open(name) // want revleak
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
	f, err := os.Open(name) // want revleak
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%v", f)
}

func badSaid(name string, l *log.Logger) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		log.Fatalf("%s: %v", name, err)
	}
	l.Printf("%s is %v", name, f)
}

func note(args ...any) { log.Println(args...) }

func badNoted(name string) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return
	}
	note("opened", f)
}

func okSaid(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	log.Println("opened", f)
	f.Close()
	log.Println("closed", f)
}

func badTold(t *testing.T) {
	f, err := os.Open("a") // want revleak
	if err != nil {
		t.Fatal(err)
	}
	t.Log("opened", f)
}

// A file that prints itself is still nobody else's.
type shown struct{ *os.File }

func (s shown) String() string { return s.Name() }

func badShown(name string) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return
	}
	fmt.Println(shown{f})
}

// What scans puts something into what it is given.
type source struct{ f *os.File }

func (s *source) Scan(state fmt.ScanState, verb rune) (err error) {
	s.f.Close()
	s.f, err = os.Open("b")
	return err
}

func okScanned(text, name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	s := &source{f}
	fmt.Sscan(text, s)
	s.f.Close()
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

// Bytes are read when they are printed; of a file it is printed where it is.

func badPrintedBytes(s *bufio.Scanner) {
	s.Scan()
	first := s.Bytes()
	s.Scan()
	log.Printf("%s", first) // want revuse
}

func page(note []byte) string { return fmt.Sprintf("<pre>%s</pre>", note) }

func badPage(s *bufio.Scanner) string {
	s.Scan()
	first := s.Bytes()
	s.Scan()
	return page(first) // want revuse
}
