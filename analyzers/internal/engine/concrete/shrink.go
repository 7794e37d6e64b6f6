package concrete

import "slices"

// Shrink makes body as small as it goes while bad holds of it.
func Shrink(body []*stmt, bad func([]*stmt) bool) []*stmt {
	for {
		smaller := false
		for _, b := range smallerThan(body) {
			if bad(b) {
				body, smaller = b, true
				break
			}
		}
		if !smaller {
			return body
		}
	}
}

// smallerThan are the bodies with one statement less, or with one replaced by what is in it.
func smallerThan(body []*stmt) (out [][]*stmt) {
	if n := len(body); n > 3 {
		out = append(out, body[n/2:], body[:n/2])
	}
	for i, s := range body {
		with := func(more ...*stmt) { out = append(out, slices.Concat(body[:i], more, body[i+1:])) }
		with()
		if s.end == "" {
			continue
		}
		with(s.body...)
		if s.then != "" {
			with(s.rest...)
			alone := *s
			alone.then, alone.rest = "", nil
			with(&alone)
		}
		for _, b := range smallerThan(s.body) {
			inner := *s
			inner.body = b
			with(&inner)
		}
		for _, b := range smallerThan(s.rest) {
			inner := *s
			inner.rest = b
			with(&inner)
		}
	}
	return out
}
