package gotypes

import "go/types"

// A Set is a set of types: those that are called the same are one.
type Set struct {
	names map[string]bool
	asked map[types.Type]bool // the answers of Has, because to spell a type takes long
}

// NewSet makes a set without types.
func NewSet() *Set { return &Set{make(map[string]bool), make(map[types.Type]bool)} }

// Add puts t into the set, before anything is asked of that.
func (s *Set) Add(t types.Type) { s.names[types.TypeString(t, nil)] = true }

// Has reports whether t is in the set.
func (s *Set) Has(t types.Type) bool {
	is, known := s.asked[t]
	if !known {
		is = s.names[types.TypeString(t, nil)]
		s.asked[t] = is
	}
	return is
}

// Len is how many types are in the set.
func (s *Set) Len() int { return len(s.names) }
