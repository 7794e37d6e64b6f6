package joinedgoroutines

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// A runner is behind an interface: what its Go runs, and when, is not followed.
type runner interface {
	Go(f func())
	Wait()
}

func okBehindInterface(g runner, h sensor.Handle) {
	s, guard := h.TryAccess()
	if s == nil {
		return
	}
	g.Go(func() { _ = s.Read() })
	g.Wait()
	guard.Release()
}
