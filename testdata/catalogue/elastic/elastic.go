// Package elastic has the examples for github.com/nats-io/nats-server.
package elastic

import "github.com/nats-io/nats-server/v2/server/elastic"

type cache struct{ hits int }

// M62: a weak pointer may be nil.
func hit(p *elastic.Pointer[cache]) {
	p.Value().hits++ // want revnil
}

// M62: checked.
func hitChecked(p *elastic.Pointer[cache]) {
	if c := p.Value(); c != nil {
		c.hits++
	}
}
