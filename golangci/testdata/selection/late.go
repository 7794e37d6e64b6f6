// Package selection has findings in many places, for the settings to choose from.
package selection

import "example.com/selection/pool"

func late(p *pool.Pool) int {
	b, g := p.TryGet()
	if b == nil {
		return 0
	}
	g.Release()
	return b.Len()
}

func unchecked(p *pool.Pool) int {
	b, g := p.TryGet()
	defer g.Release()
	return b.Len()
}
