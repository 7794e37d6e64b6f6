// Package promoted releases handles by a method of what they embed.
package promoted

import "github.com/revlint/revlint/testdata/src/lib/link"

func deferred(addr string) (int, error) {
	l, err := link.Dial(addr)
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.N, nil
}

func leaky(addr string) (int, error) {
	l, err := link.Dial(addr) // want revleak
	if err != nil {
		return 0, err
	}
	if l.N == 0 {
		return 0, nil
	}
	return l.N, l.Close()
}

func after(addr string) (int, error) {
	l, err := link.Dial(addr)
	if err != nil {
		return 0, err
	}
	if err := l.Close(); err != nil {
		return 0, err
	}
	return l.N, nil // want revuse
}

// tls is a link in a type of one's own, which embeds it.
type tls struct {
	*link.Link
	n int
}

func wrap(addr string) (*tls, error) {
	l, err := link.Dial(addr)
	if err != nil {
		return nil, err
	}
	return &tls{Link: l}, nil
}

func wrapped(addr string) (int, error) {
	t, err := wrap(addr)
	if err != nil {
		return 0, err
	}
	defer t.Close()
	return t.n, nil
}

func wrappedLeaky(addr string) (int, error) {
	t, err := wrap(addr) // want revleak
	if err != nil {
		return 0, err
	}
	return t.n, nil
}

func asCloser(addr string) error {
	l, err := link.Dial(addr)
	if err != nil {
		return err
	}
	var c interface{ Close() error } = l
	return c.Close()
}

func asValue(addr string, later func(func() error)) error {
	l, err := link.Dial(addr)
	if err != nil {
		return err
	}
	later(l.Close)
	return nil
}
