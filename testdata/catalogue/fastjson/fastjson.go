// Package fastjson has the examples for github.com/valyala/fastjson.
package fastjson

import "github.com/valyala/fastjson"

var parsers fastjson.ParserPool

// M17: all that a parser has given is unusable after Put.
func field(text, name string) (*fastjson.Value, error) {
	p := parsers.Get()
	defer parsers.Put(p)
	v, err := p.Parse(text)
	if err != nil {
		return nil, err
	}
	return v.Get(name), nil // missed: revescape
}

// M17: what is marshalled is a copy.
func fieldText(text, name string) ([]byte, error) {
	p := parsers.Get()
	defer parsers.Put(p)
	v, err := p.Parse(text)
	if err != nil {
		return nil, err
	}
	return v.Get(name).MarshalTo(nil), nil
}

// M18: the second Parse takes the first value.
func same(p *fastjson.Parser, a, b string) (bool, error) {
	va, err := p.Parse(a)
	if err != nil {
		return false, err
	}
	vb, err := p.Parse(b)
	if err != nil {
		return false, err
	}
	return va.Type() == vb.Type(), nil // want revuse
}

// M18: Next takes the value.
func values(s string) (all []*fastjson.Value, err error) {
	var sc fastjson.Scanner
	sc.Init(s)
	for sc.Next() {
		all = append(all, sc.Value()) // want revescape
	}
	return all, sc.Error()
}

// M18: a parser for each.
func sameParsed(a, b string) (bool, error) {
	var pa, pb fastjson.Parser
	va, err := pa.Parse(a)
	if err != nil {
		return false, err
	}
	vb, err := pb.Parse(b)
	if err != nil {
		return false, err
	}
	return va.Type() == vb.Type(), nil
}
