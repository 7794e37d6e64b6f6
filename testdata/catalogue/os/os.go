// Package os has the examples for the standard library's os.
package os

import "os"

// S14: the handle is another process's, perhaps, once f returns.
func handle(p *os.Process) (kept uintptr, err error) {
	err = p.WithHandle(func(h uintptr) {
		kept = h // want revescape
	})
	return kept, err
}

// S14: used while f runs.
func signalled(p *os.Process, signal func(handle uintptr) error) error {
	var failed error
	if err := p.WithHandle(func(h uintptr) { failed = signal(h) }); err != nil {
		return err
	}
	return failed
}
