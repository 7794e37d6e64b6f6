//go:build goexperiment.jsonv2

// Package jsontext has the examples for the standard library's encoding/json/jsontext.
package jsontext

import "encoding/json/jsontext"

// S21: the value is overwritten by the next one.
func pair(d *jsontext.Decoder) (a, b jsontext.Value, err error) {
	first, err := d.ReadValue()
	if err != nil {
		return nil, nil, err
	}
	second, err := d.ReadValue()
	if err != nil {
		return nil, nil, err
	}
	return first.Clone(), second.Clone(), nil // want revuse
}

// S21: cloned first.
func clones(d *jsontext.Decoder) (all []jsontext.Value, err error) {
	for d.PeekKind() != ']' {
		v, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		all = append(all, v.Clone())
	}
	return all, nil
}
