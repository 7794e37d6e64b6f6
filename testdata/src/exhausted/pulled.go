package exhausted

import (
	"database/sql"
	"iter"
)

// The goroutine behind next is over where next has answered false: stop need not be
// called then.
func sumOfAll(seq iter.Seq[int]) (sum int) {
	next, _ := iter.Pull(seq)
	for {
		n, ok := next()
		if !ok {
			return sum
		}
		sum += n
	}
}

func sumInHead(seq iter.Seq[int]) (sum int) {
	next, _ := iter.Pull(seq)
	for n, ok := next(); ok; n, ok = next() {
		sum += n
	}
	return sum
}

func sumUntil(seq iter.Seq[int], most int) (sum int) {
	next, _ := iter.Pull(seq) // want revleak
	for n, ok := next(); ok; n, ok = next() {
		if sum += n; sum > most {
			return most
		}
	}
	return sum
}

func sumUntilStopped(seq iter.Seq[int], most int) (sum int) {
	next, stop := iter.Pull(seq)
	for n, ok := next(); ok; n, ok = next() {
		if sum += n; sum > most {
			stop()
			return most
		}
	}
	return sum
}

func firstAlone(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq) // want revleak
	n, ok := next()
	if !ok {
		return 0
	}
	if n > 9 {
		stop()
	}
	return n
}

func firstOrNone(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq)
	n, ok := next()
	if !ok {
		return 0
	}
	stop()
	return n
}

func pairs(seq iter.Seq2[string, int]) (all []string) {
	next, _ := iter.Pull2(seq)
	for {
		k, _, ok := next()
		if !ok {
			break
		}
		all = append(all, k)
	}
	return all
}

func firstPair(seq iter.Seq2[string, int]) string {
	next, stop := iter.Pull2(seq) // want revleak
	k, _, ok := next()
	if ok {
		return k
	}
	stop()
	return ""
}

// The answer is not looked at: whether the sequence is over is not known.
func unasked(seq iter.Seq[int]) int {
	next, stop := iter.Pull(seq) // want revleak
	n, _ := next()
	if n > 0 {
		stop()
	}
	return n
}

// Two sequences side by side: where one is over, the other is not.
func sameLength(a, b iter.Seq[int]) bool {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextB, stopB := iter.Pull(b) // want revleak
	for {
		_, okA := nextA()
		_, okB := nextB()
		if okA != okB {
			return false
		}
		if !okA {
			stopB()
			return true
		}
	}
}

func sameLengthStopped(a, b iter.Seq[int]) bool {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextB, stopB := iter.Pull(b)
	defer stopB()
	for {
		_, okA := nextA()
		_, okB := nextB()
		if okA != okB {
			return false
		}
		if !okA {
			return true
		}
	}
}

// Who has next may go on to the end.
type pulled struct {
	next func() (int, bool)
}

func (p *pulled) all() (sum int) {
	for n, ok := p.next(); ok; n, ok = p.next() {
		sum += n
	}
	return sum
}

func pullOnly(seq iter.Seq[int]) *pulled {
	next, _ := iter.Pull(seq)
	return &pulled{next}
}

func drain(next func() (int, bool)) {
	for _, ok := next(); ok; _, ok = next() {
	}
}

func drained(seq iter.Seq[int]) int {
	next, _ := iter.Pull(seq)
	n, _ := next()
	drain(next)
	return n
}

// A wrapper gives both: its caller ends it in one of two ways.
func pull(seq iter.Seq[int]) (next func() (int, bool), stop func()) {
	return iter.Pull(seq)
}

func pulledAll(seq iter.Seq[int]) (sum int) {
	next, _ := pull(seq)
	for n, ok := next(); ok; n, ok = next() {
		sum += n
	}
	return sum
}

// With one value, and stop alone.
func headAndStop(seq iter.Seq[int]) (head int, stop func()) {
	next, stop := iter.Pull(seq)
	head, ok := next()
	if !ok {
		return 0, func() {}
	}
	return head, stop
}

func headOf(seq iter.Seq[int]) int {
	head, stop := headAndStop(seq)
	defer stop()
	return head
}

// What a loop asks in its head is what it asked in its last round.
func countRows(db *sql.DB) (n int) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0
	}
	for ok := rows.Next(); ok; ok = rows.Next() {
		n++
	}
	return n
}

func someRows(db *sql.DB, most int) (n int) {
	rows, err := db.Query("select 1") // want revleak
	if err != nil {
		return 0
	}
	for ok := rows.Next(); ok && n < most; ok = rows.Next() {
		n++
	}
	return n
}
