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

// A limited is closed by what it was given.
type limited struct {
	n     int
	close func() error
}

func (l *limited) Close() error { return l.close() }

func limit(c interface{ Close() error }, n int) interface{ Close() error } {
	return &limited{n, c.Close}
}

func closedByWrapper(name string, n int) error {
	v, err := vol.Open(name)
	if err != nil {
		return err
	}
	return limit(v, n).Close()
}

func handedOutInWrapper(name string, n int) (interface{ Close() error }, error) {
	v, err := vol.Open(name)
	if err != nil {
		return nil, err
	}
	return limit(v, n), nil
}

// refusing makes errors out of sight.
type refusing interface{ New(text string) error }

func refused(r refusing, name string) (interface{ Close() error }, error) {
	if name == "-" {
		return nil, r.New("no name")
	}
	return vol.Open(name)
}

func notRefused(r refusing, name string) error {
	c, err := refused(r, name)
	if err != nil {
		return err
	}
	return c.Close()
}

// size opens what it is given to open, and closes it.
func size(open func() (*vol.Volume, error)) (int, error) {
	v, err := open()
	if err != nil {
		return 0, err
	}
	defer v.Close()
	return v.Len(), nil
}

func sizeOf(name string) (int, error) {
	return size(func() (*vol.Volume, error) { return vol.Open(name) })
}

func openA() (*vol.Volume, error) { return vol.Open("a") }

func sizeOfA() (int, error) { return size(openA) }

// A locker unlocks itself by what it hands out.
type locker struct {
	v *vol.Volume
	n int
}

func (l *locker) done(error) { l.n-- }

func (l *locker) begin() func(error) {
	l.n++
	return l.done
}

func finish(done func(error)) { done(nil) }

// What is made of a volume and called is not its release.
func (l *locker) run() error {
	finish(l.begin())
	return l.v.Append(nil)
}

func ran(name string) error {
	v, err := vol.Open(name)
	if err != nil {
		return err
	}
	defer v.Close()
	l := &locker{v: v}
	return l.run()
}
