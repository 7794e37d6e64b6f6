// Package operations does to handles what can fail, and asks them what cannot.
package operations

import "github.com/revlint/revlint/testdata/src/lib/vol"

func late(name string, p []byte) error {
	v, err := vol.Open(name)
	if err != nil {
		return err
	}
	if err := v.Close(); err != nil {
		return err
	}
	return v.Append(p) // want revuse
}

func asked(name string) (bool, error) {
	v, err := vol.Open(name)
	if err != nil {
		return false, err
	}
	v.Close()
	return v.Closed() && v.Len() > 0, v.Err()
}

func add(v *vol.Volume, p []byte) error { return v.Append(p) }

func lateInHelper(name string, p []byte) error {
	v, err := vol.Open(name)
	if err != nil {
		return err
	}
	v.Close()
	return add(v, p) // want revuse
}

func inTime(name string, p []byte) (n int, err error) {
	v, err := vol.Open(name)
	if err != nil {
		return 0, err
	}
	if err := add(v, p); err != nil {
		v.Close()
		return 0, err
	}
	return v.Len(), v.Close()
}

// A method of a handle leaves the debt.
func synced(name string) error {
	v, err := vol.Open(name) // want revleak
	if err != nil {
		return err
	}
	if err := v.Sync(); err != nil {
		return err
	}
	return v.Close()
}
