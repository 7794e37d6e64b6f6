package held

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/kv"
)

type source interface {
	open(from string) (cursor, error)
	size() int
}

type disk struct{ db *kv.DB }

func (d *disk) open(from string) (cursor, error) { return (&tree{d.db}).cursor(from) }
func (d *disk) size() int                        { return 1 }

// All that functions of the package put into its field is a disk.
type server struct {
	source source
	n      int
}

func newServer(db *kv.DB) *server { return &server{source: &disk{db}} }

func (s *server) badServes() error {
	c, err := s.source.open("a") // want revleak
	if err != nil {
		return err
	}
	for c.Next() {
		s.n++
	}
	return nil
}

func (s *server) okServes() error {
	c, err := s.source.open("a")
	if err != nil {
		return err
	}
	defer c.Close()
	for c.Next() {
		s.n += s.source.size()
	}
	return nil
}

func (s *server) okHandsOut() (cursor, error) { return s.source.open("b") }

func (s *server) badHandsOut() error {
	c, err := s.okHandsOut() // want revleak
	if err != nil {
		return err
	}
	if !c.Next() {
		return errors.New("empty")
	}
	return c.Close()
}

// Something else may be put into it from outside.
type given struct{ source source }

func newGiven(s source) *given { return &given{source: s} }

func (g *given) okServes() error {
	c, err := g.source.open("a")
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

// Or here.
type nothing struct{}

func (nothing) open(string) (cursor, error) { return emptyCursor{}, nil }
func (nothing) size() int                   { return 0 }

type chosen struct{ source source }

func newChosen(db *kv.DB) *chosen {
	if db == nil {
		return &chosen{nothing{}}
	}
	return &chosen{&disk{db}}
}

func (g *chosen) okServes() error {
	c, err := g.source.open("a")
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

// Or by way of its address.
type addressed struct{ source source }

func newAddressed(db *kv.DB, set func(*source)) *addressed {
	a := &addressed{&disk{db}}
	set(&a.source)
	return a
}

func (a *addressed) okServes() error {
	c, err := a.source.open("a")
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

// Others can set a field with such a name.
type Open struct{ Source source }

func NewOpen(db *kv.DB) *Open { return &Open{&disk{db}} }

func (o *Open) okServes() error {
	c, err := o.Source.open("a")
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

// A source that a function returns is what it returns.
func newSource(db *kv.DB) source { return &disk{db} }

func badOfSource(db *kv.DB) error {
	s := newSource(db)
	c, err := s.open("a") // want revleak
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

func okOfSource(db *kv.DB) error {
	s := newSource(db)
	c, err := s.open("a")
	if err != nil {
		return err
	}
	c.Next()
	return c.Close()
}

func someSource(db *kv.DB) source {
	if db == nil {
		return nothing{}
	}
	return &disk{db}
}

func okOfSomeSource(db *kv.DB) error {
	c, err := someSource(db).open("a")
	if err != nil {
		return err
	}
	c.Next()
	return nil
}

// In a variable that is set once.
var theSource source = &disk{}

func badOfVariable() error {
	c, err := theSource.open("a") // want revleak
	if err != nil {
		return err
	}
	c.Next()
	return nil
}
