package counting

import "github.com/revlint/revlint/testdata/src/lib/refc"

type gate struct{ places *refc.Sem }

// Who has the gate gives the place back.
func (g *gate) open() bool {
	s := new(refc.Sem)
	g.places = s
	return s.TryAcquire()
}

func triedOwn() bool {
	s := new(refc.Sem)
	return s.TryAcquire() // want revleak
}
