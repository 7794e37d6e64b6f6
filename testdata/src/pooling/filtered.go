package pooling

import "sync"

type cookie struct{ host, key string }

var cookies = sync.Pool{New: func() any { return new(cookie) }}

// A plate keeps cookies by their hosts.
type plate struct {
	known []*cookie
	hosts map[string][]*cookie
}

// others keeps those that go with a cookie for host, which is only there to be
// compared with. What is kept is not c.
func (p *plate) others(host string) {
	c := cookies.Get().(*cookie)
	c.host = host
	all := append([]*cookie{c}, p.known...)
	var kept []*cookie
	for _, other := range all {
		if other != c && other.host == c.host {
			kept = append(kept, other)
		}
	}
	p.hosts[host] = kept
	cookies.Put(c)
}

// matching keeps c, too, which goes with itself.
func (p *plate) matching(host string) {
	c := cookies.Get().(*cookie)
	c.host = host
	all := append([]*cookie{c}, p.known...)
	var kept []*cookie
	for _, other := range all {
		if other.host == c.host {
			kept = append(kept, other)
		}
	}
	p.hosts[host] = kept // want revescape
	cookies.Put(c)
}

// add keeps what it gives away.
func (p *plate) add(host string) {
	c := cookies.Get().(*cookie)
	c.host = host
	p.hosts[host] = append(p.hosts[host], c) // want revescape
	cookies.Put(c)
}
