// Package gen stands for code that a program has written.
package gen

import "example.com/selection/pool"

func unproved(p *pool.Pool, hand func(*pool.Guard)) int {
	b, g := p.TryGet()
	if b == nil {
		return 0
	}
	hand(&g)
	return b.Len()
}
