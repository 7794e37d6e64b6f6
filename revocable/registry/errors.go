package registry

import (
	"fmt"
	"io/fs"
)

var (
	// ErrNotFound says that nothing has the name, or that what has it is leaving. It is fs.ErrNotExist too.
	ErrNotFound error = &kindOf{"not found", fs.ErrNotExist}

	// ErrExists says that the name is taken. It is fs.ErrExist too.
	ErrExists error = &kindOf{"name is taken", fs.ErrExist}

	// ErrType says that the name is that of a resource of another type.
	ErrType error = &kindOf{"resource is of another type", nil}

	// ErrCycle says that a link would have a device depend on itself.
	ErrCycle error = &kindOf{"link closes a cycle", nil}
)

// A kindOf is a kind of error.
type kindOf struct {
	text string
	is   error
}

func (e *kindOf) Error() string { return "registry: " + e.text }

func (e *kindOf) Unwrap() error { return e.is }

// about says which name an error is about.
func about(name string, err error) error { return fmt.Errorf("%w: %q", err, name) }

// checkName returns an error unless name can be one: what fs.ValidPath accepts, except ".".
func checkName(name string) error {
	if !fs.ValidPath(name) || name == "." {
		return fmt.Errorf("registry: no path-like name: %q: %w", name, fs.ErrInvalid)
	}
	return nil
}
