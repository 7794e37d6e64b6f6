package loan

// components lists the strongly connected components of a graph, each after
// those that it leads to (Tarjan, "Depth-first search and linear graph
// algorithms", 1972).
func components[N comparable](nodes []N, succs func(N) []N) [][]N {
	index := make(map[N]int)
	low := make(map[N]int)
	onStack := make(map[N]bool)
	var stack []N
	var out [][]N
	var visit func(n N)
	visit = func(n N) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack = append(stack, n)
		onStack[n] = true
		for _, s := range succs(n) {
			if index[s] == 0 {
				visit(s)
				low[n] = min(low[n], low[s])
			} else if onStack[s] {
				low[n] = min(low[n], index[s])
			}
		}
		if low[n] != index[n] {
			return
		}
		var c []N
		for {
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			onStack[last] = false
			c = append(c, last)
			if last == n {
				break
			}
		}
		out = append(out, c)
	}
	for _, n := range nodes {
		if index[n] == 0 {
			visit(n)
		}
	}
	return out
}
