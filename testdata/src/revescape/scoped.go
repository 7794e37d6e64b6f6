package revescape

import (
	"bytes"

	"github.com/revlint/revlint/revocable"
)

func outOfWith(h handle) (p *page, err error) {
	err = h.With(func(res *page) error {
		p = res // want revescape
		return nil
	})
	return p, err
}

func bytesOutOfWith(h handle) (out []byte, err error) {
	err = h.With(func(res *page) error {
		out = res.body // want revescape
		return nil
	})
	return out, err
}

func appendedOutOfWith(hs []handle) (all [][]byte) {
	for _, h := range hs {
		_ = h.With(func(res *page) error {
			all = append(all, res.body) // want revescape
			return nil
		})
	}
	return all
}

func outOfLive(h handle) (p *page) {
	for res := range h.Live() {
		p = res // want revescape
	}
	return p
}

func returnedFromLive(h handle) []byte {
	for res := range h.Live() {
		return res.body // want revescape
	}
	return nil
}

func outOfWith2(a, b handle) (x *page) {
	_ = revocable.With2(a, b, func(pa, pb *page) error {
		if pa.id > pb.id {
			x = pa // want revescape
		}
		return nil
	})
	return x
}

type reader struct{ body []byte }

func (r *reader) take(p *page) error {
	r.body = p.body // want revescape
	return nil
}

func (r *reader) methodAsCallback(h handle) error { return h.With(r.take) }

func clonedOutOfWith(h handle) (out []byte, err error) {
	err = h.With(func(res *page) error {
		out = bytes.Clone(res.body)
		return nil
	})
	return out, err
}

func appendedCopies(hs []handle) (all [][]byte) {
	for _, h := range hs {
		for res := range h.Live() {
			all = append(all, append([]byte(nil), res.body...))
		}
	}
	return all
}

func countedInWith(h handle) (n int, err error) {
	err = h.With(func(res *page) error {
		n = len(res.body)
		res.hit()
		return nil
	})
	return n, err
}

func clearedInWith(h handle) (n int) {
	var cur *page
	count := func() int { return len(cur.body) }
	_ = h.With(func(res *page) error {
		cur = res
		defer func() { cur = nil }()
		n = count()
		return nil
	})
	return n
}

func (r *reader) copyFrom(p *page) error {
	r.body = append(r.body[:0], p.body...)
	return nil
}

func (r *reader) copied(h handle) error { return h.With(r.copyFrom) }

// What With returns is an error, made of copies.
func errorOfWith(h handle) error {
	return h.With(func(res *page) error {
		if res.id == 0 {
			return errGone
		}
		return nil
	})
}

func nestedWith(a, b handle) (sum int, err error) {
	err = a.With(func(x *page) error {
		return b.With(func(y *page) error {
			sum = x.id + y.id
			x.body = append(x.body[:0], y.body...)
			return nil
		})
	})
	return sum, err
}

func innerIntoOuter(a, b handle) error {
	return a.With(func(x *page) error {
		return b.With(func(y *page) error {
			x.body = y.body // want revescape
			return nil
		})
	})
}
