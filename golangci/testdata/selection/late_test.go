package selection

import "example.com/selection/pool"

func lateInTest(p *pool.Pool) int {
	b, g := p.TryGet()
	if b == nil {
		return 0
	}
	g.Release()
	return b.Len()
}
