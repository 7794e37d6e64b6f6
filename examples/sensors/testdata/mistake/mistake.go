// Package mistake keeps sensors instead of handles: the service goes on telling the temperature of what was unplugged.
package mistake

import (
	"github.com/revlint/revlint/revocable/registry"
)

type sensor struct{ celsius float64 }

type service struct {
	registry *registry.Registry
	known    map[string]*sensor
}

func (s *service) reading(name string) (float64, error) {
	if known := s.known[name]; known != nil {
		return known.celsius, nil // unplugged long ago
	}
	h, err := registry.Lookup[sensor](s.registry, name)
	if err != nil {
		return 0, err
	}
	var celsius float64
	err = h.With(func(found *sensor) error {
		s.known[name] = found // want revescape
		celsius = found.celsius
		return nil
	})
	return celsius, err
}
