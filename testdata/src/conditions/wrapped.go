package conditions

import "github.com/revlint/revlint/testdata/src/lib/vol"

// joiner is implemented elsewhere.
type joiner interface {
	Join(a, b error) error
}

// An error that is made of one which is not nil is not nil.
func wrapped(j joiner, name string, p []byte) (_ *vol.Volume, err error) {
	v, e := vol.Open(name)
	if e != nil {
		return nil, e
	}
	defer func() {
		if err != nil {
			v.Close()
		}
	}()
	if e := v.Append(p); e != nil {
		return nil, j.Join(e, nil)
	}
	return v, nil
}

// The result is nil before what is deferred closes it.
func wrappedTooLate(j joiner, name string, p []byte) (v *vol.Volume, err error) {
	v, e := vol.Open(name) // want revleak
	if e != nil {
		return nil, e
	}
	defer func() {
		if err != nil {
			v.Close()
		}
	}()
	if e := v.Append(p); e != nil {
		return nil, j.Join(e, nil)
	}
	return v, nil
}

func wrappedWithout(j joiner, name string, p []byte) (v *vol.Volume, err error) {
	v, e := vol.Open(name) // want revleak
	if e != nil {
		return nil, e
	}
	if e := v.Append(p); e != nil {
		return nil, j.Join(e, nil)
	}
	return v, nil
}
