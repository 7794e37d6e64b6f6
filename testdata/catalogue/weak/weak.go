// Package weak has the examples for the standard library's weak.
package weak

import "weak"

type entry struct{ hits int }

// S6: the entry may have been collected.
func hit(p weak.Pointer[entry]) {
	p.Value().hits++ // want revnil
}

// S6: the check was of another call.
func hitChecked(p weak.Pointer[entry]) int {
	if p.Value() != nil {
		return p.Value().hits // want revnil
	}
	return 0
}

// S6: one call, checked.
func hits(p weak.Pointer[entry]) int {
	if e := p.Value(); e != nil {
		return e.hits
	}
	return 0
}
