package everyday

import (
	"database/sql"
	"fmt"
	"net/http"
	"os"
)

// A file that others have opened is closed here, and used after that.
type fileSink struct{ f *os.File }

func (s *fileSink) badFieldClosed() error {
	if err := s.f.Close(); err != nil {
		return err
	}
	_, err := s.f.Write(nil) // want revuse
	return err
}
func badParameterClosed(f *os.File) {
	f.Close()
	f.Write(nil) // want revuse
}
func okClosedTwice(f *os.File) error {
	defer f.Close()
	f.Write(nil)
	return f.Close()
}
func okRowsClosed(rows *sql.Rows) error {
	for rows.Next() {
	}
	rows.Close()
	return rows.Err()
}
func okBodyClosed(resp *http.Response) string {
	resp.Body.Close()
	return resp.Status
}
func (s *fileSink) okFieldUnset() {
	if s.f != nil {
		s.f.Close()
	}
	s.f = nil
	if s.f != nil {
		s.f.Sync()
	}
}
func (s *fileSink) okNameOfClosed() error {
	err := s.f.Close()
	if err != nil {
		return fmt.Errorf("close %s: %w", s.f.Name(), err)
	}
	return os.Remove(s.f.Name())
}
func (s *fileSink) okFieldReplaced(p string) (err error) {
	s.f.Close()
	s.f, err = os.Create(p)
	if err != nil {
		return err
	}
	_, err = s.f.Write(nil)
	return err
}
func (s *fileSink) okFieldReplacedInLoop(ps []string) (err error) {
	for _, p := range ps {
		s.f.Write(nil)
		s.f.Close()
		if s.f, err = os.Create(p); err != nil {
			return err
		}
	}
	return nil
}
func (s *fileSink) okElementsClosed(fs []*os.File) {
	for _, f := range fs {
		f.Write(nil)
		f.Close()
	}
}
func (s *fileSink) okOthersOfMap(fs map[string]*os.File) {
	fs["a"].Close()
	fs["b"].Write(nil)
}
func okOtherParameter(f, g *os.File) {
	if f == g {
		return
	}
	f.Close()
	g.Write(nil)
}
func okKeptOpenByFlag(f *os.File, keep bool) {
	if !keep {
		f.Close()
	}
	if keep {
		f.Write(nil)
	}
}
func closeOnce(f **os.File) {
	(*f).Close()
	*f = os.Stdout
}
func okReplacedThere() {
	f := os.Stdin
	closeOnce(&f)
	f.Write(nil)
}
func okStandardReplaced() {
	os.Stdin.Close()
	os.Stdin, _ = os.Open("x")
	os.Stdin.Read(nil)
}
func okClosedIsPrinted(f *os.File) {
	f.Close()
	println(f == nil)
	fmt.Println(f)
}
