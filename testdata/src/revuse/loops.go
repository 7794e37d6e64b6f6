package revuse

func nextIteration(hs []handle) (n int) {
	var last *frame
	for _, h := range hs {
		f, g := h.TryAccess()
		if f == nil {
			continue
		}
		if last != nil {
			n += last.seq // want revuse
		}
		last = f
		g.Release()
	}
	return n
}

func afterTheLoop(hs []handle) int {
	var data []byte
	for _, h := range hs {
		f, g := h.TryAccess()
		if f == nil {
			continue
		}
		data = f.data
		g.Release()
		if len(hs) > 3 {
			break
		}
	}
	return sum(data) // want revuse
}

// It is used after the release in one run of the loop, and leaks in another.
func releasedInLoop(h handle, n int) (total int) {
	f, g := h.TryAccess() // want revleak
	if f == nil {
		return 0
	}
	for i := 0; i < n; i++ {
		total += f.seq // want revuse
		if total > 100 {
			g.Release()
		}
	}
	return total
}

func releasedAndLeft(h handle, n int) (total int) {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	for i := 0; i < n; i++ {
		total += f.seq
		if total > 100 {
			g.Release()
			return total
		}
	}
	g.Release()
	return total
}

func eachInTurn(hs []handle) (n int) {
	for _, h := range hs {
		f, g := h.TryAccess()
		if f == nil {
			continue
		}
		n += f.seq
		g.Release()
	}
	return n
}

func biggest(hs []handle) (best int) {
	for _, h := range hs {
		f, g := h.TryAccess()
		if f == nil {
			continue
		}
		if s := f.size(); s > best {
			best = s
		}
		g.Release()
	}
	return best
}

func kept(hs []handle) (names []string) {
	for _, h := range hs {
		f, g := h.TryAccess()
		if f == nil {
			continue
		}
		names = append(names, f.name)
		g.Release()
	}
	return names
}

func swapInLoop(h handle, rounds int) (n int) {
	f, g := h.TryAccess()
	for i := 0; f != nil && i < rounds; i++ {
		n += f.seq
		g.Release()
		f, g = h.TryAccess()
	}
	g.Release()
	return n
}

func swapTooLate(h handle, rounds int) (n int) {
	f, g := h.TryAccess()
	for i := 0; f != nil && i < rounds; i++ {
		g.Release()
		n += f.seq // want revuse
		f, g = h.TryAccess()
	}
	g.Release()
	return n
}
