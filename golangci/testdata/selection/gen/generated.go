package gen

import "example.com/selection/pool"

func late(p *pool.Pool) int {
	b, g := p.TryGet()
	if b == nil {
		return 0
	}
	g.Release()
	return b.Len()
}
