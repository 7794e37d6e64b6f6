//go:build !linux || !(amd64 || arm64) || race || revocable_portable

package revocable

import (
	"sync/atomic"
	"testing"
)

// readerTag is the build tag by which a build has the same readers as this.
const readerTag = "revocable_portable"

// useSlots has nothing to choose from.
func useSlots(*testing.T, bool) {}

// tryEnter makes an Enter stop before it looks at the gate. The function returned goes on.
func tryEnter(s *slot) (goOn func() bool) {
	atomic.StoreUint32(&s.state, slotIn)
	s.was = slotOut
	return func() bool { return s.gate.open.Load() >= 0 || enterReaderSlow(s) }
}
