package sessions

import (
	"container/list"
	"fmt"
	"log"
	"log/slog"
	"sync"

	"github.com/revlint/revlint/testdata/src/lib/dev"
)

// A registry knows who is at work, and when.
type registry struct {
	dev  *dev.Device
	busy sync.Map
	turn *list.List
}

func (r *registry) enlist(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		r.busy.Store(name, s) // want revbound
		s.Write(0, 1)
		return nil
	})
}

func (r *registry) enlistInTurn(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		r.turn.PushBack(s) // want revbound
		return nil
	})
}

// It is taken out again before the session ends.
func (r *registry) enlistMeanwhile(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		r.busy.Store(name, s)
		defer r.busy.Delete(name)
		s.Write(0, 1)
		return nil
	})
}

func (r *registry) enlistTask(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		r.busy.Store(name, func() { s.Write(0, 1) }) // want revbound
		return nil
	})
}

// A collection of the function's own goes with it.
func (r *registry) enlistHere(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		var busy sync.Map
		busy.Store(name, s)
		turn := list.New()
		turn.PushBack(s)
		return nil
	})
}

// To print a token is not to keep it.
func (r *registry) report(name string) error {
	return r.dev.Do(func(s *dev.Session) error {
		fmt.Println(name, s)
		log.Printf("%s: %v", name, s)
		slog.Info("at work", "name", name, "session", s)
		r.busy.Store(name, fmt.Sprint(s))
		return nil
	})
}
