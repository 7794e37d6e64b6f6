package loops

import (
	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// What came of the channel in one round says nothing of the next: it may end
// twice, and be used in between.
func badEndedInOneRound(tx *store.Tx, last <-chan bool) (n int) {
	for {
		if <-last {
			tx.Commit() // want revrelease
			continue
		}
		if tx.Bucket("users") != nil { // want revuse
			n++
		}
	}
}

// A node that was published in an earlier round is in other hands.
type chained struct {
	guard revocable.Guard
	next  *chained
}

func okGuardInEarlierNode(handles []sensor.Handle, publish func(*chained)) {
	var prev *chained
	for _, h := range handles {
		n := new(chained)
		publish(n)
		if prev != nil {
			s, g := h.TryAccess()
			if s == nil {
				continue
			}
			prev.guard, prev.next = g, n
		}
		prev = n
	}
}
