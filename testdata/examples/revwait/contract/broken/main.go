// A store that is closed while it is read
//
// Close waits until all views are closed, and one of them is open here.
package play

import "errors"

type Store struct {
	open chan struct{} // a place for each view
	data []byte
}

// A View must be closed.
type View struct{ s *Store }

//revlint:acquire v from s
func (s *Store) View() (v *View) {
	s.open <- struct{}{}
	return &View{s}
}

//revlint:release v
func (v *View) Close() { <-v.s.open }

func (v *View) empty() bool { return len(v.s.data) == 0 }

// Close waits for all views.
//
//revlint:waits s
func (s *Store) Close() {
	for range cap(s.open) {
		s.open <- struct{}{}
	}
}

func verify(s *Store) error {
	v := s.View()
	defer v.Close()
	if v.empty() {
		s.Close() // want revwait
		return errors.New("nothing is there")
	}
	return nil
}
