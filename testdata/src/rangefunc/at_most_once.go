package rangefunc

import (
	"iter"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

// An iterator that calls its yield function in no loop, and once on each way, has one round at most: what its only
// round takes and defers is neither lost nor released a second time.

func (b *board) okDeferredInLive(h, k sensor.Handle) (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for t := range h.Live() {
		s, g = k.TryAccess()
		if s != nil {
			defer func() { g.Release() }()
			sum += s.Value + t.Value
		}
	}
	return sum
}

func (b *board) badNotReleasedInLive(h, k sensor.Handle) (sum float64) {
	for t := range h.Live() {
		s, _ := k.TryAccess() // want revleak
		if s != nil {
			sum += s.Value + t.Value
		}
	}
	return sum
}

// The release may come behind the loop, for there is no second round to lose it in.
func (b *board) okReleasedBehindLive(h, k sensor.Handle) (sum float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for t := range h.Live() {
		s, g = k.TryAccess()
		sum += t.Value
	}
	if s != nil {
		sum += s.Value
		g.Release()
	}
	return sum
}

func (b *board) badReleasedTwiceBehindLive(h, k sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range h.Live() {
		s, g = k.TryAccess()
	}
	if s != nil {
		g.Release()
		g.Release() // want revrelease
	}
}

func one(x float64) iter.Seq[float64] {
	return func(yield func(float64) bool) { yield(x) }
}

func oneOrOther(x, y float64) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		if x > y {
			yield(x)
			return
		}
		if y > 0 {
			yield(y)
		}
	}
}

func oneDirect(yield func(float64) bool) { yield(1) }

func onePassedOn(yield func(float64) bool) { oneDirect(yield) }

func (b *board) oneOfBoard(yield func(float64) bool) {
	if b.last != nil {
		yield(b.last.Value)
	}
}

func oneHandedOn(x float64) iter.Seq[float64] { return one(x) }

// A literal may call it, if that is called once itself, or is the body of a loop that has one round.
func oneInLiteral(yield func(float64) bool) {
	func() { yield(1) }()
}

func (b *board) oneInLive(h sensor.Handle) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for s := range h.Live() {
			if !yield(s.Value) {
				return
			}
		}
	}
}

// These have several rounds, or may have.

func (b *board) liveOfAll() iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for _, h := range b.slots {
			for s := range h.Live() {
				if !yield(s.Value) {
					return
				}
			}
		}
	}
}

func inLiteralOfLoop(yield func(float64) bool) {
	for range 3 {
		func() { yield(1) }()
	}
}

func literalTwice(yield func(float64) bool) {
	f := func() { yield(1) }
	f()
	f()
}

func literalDeferred(yield func(float64) bool) {
	for range 3 {
		defer func() { yield(1) }()
	}
}

func two(x, y float64) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		if yield(x) {
			yield(y)
		}
	}
}

func again(n int) iter.Seq[float64] {
	return func(yield func(float64) bool) {
	start:
		if n--; n > 0 && yield(1) {
			goto start
		}
	}
}

func twicePassedOn(yield func(float64) bool) {
	oneDirect(yield)
	oneDirect(yield)
}

func passedOnInLoop(yield func(float64) bool) {
	for range 3 {
		oneDirect(yield)
	}
}

func oneOrTwo(x float64, both bool) iter.Seq[float64] {
	if both {
		return two(x, x)
	}
	return one(x)
}

func okOne(h sensor.Handle, x float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range one(x) {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func okOneOrOther(h sensor.Handle, x float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range oneOrOther(x, 2) {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func okOneDirect(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range oneDirect {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func okOnePassedOn(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range onePassedOn {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func (b *board) okOneOfBoard(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range b.oneOfBoard {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func okOneHandedOn(h sensor.Handle, x float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range oneHandedOn(x) {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func badTwo(h sensor.Handle, x float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range two(x, x) {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badAgain(h sensor.Handle, n int) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range again(n) {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badTwicePassedOn(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range twicePassedOn {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badPassedOnInLoop(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range passedOnInLoop {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badOneOrTwo(h sensor.Handle, x float64, both bool) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range oneOrTwo(x, both) {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

// The loop around it has rounds enough.
func badLiveInLoop(h, k sensor.Handle, n int) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range n {
		for range h.Live() {
			s, g = k.TryAccess() // want revleak
		}
	}
	if s != nil {
		g.Release()
	}
}

func okOneInLiteral(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range oneInLiteral {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func (b *board) okOneInLive(h, k sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range b.oneInLive(k) {
		s, g = h.TryAccess()
	}
	if s != nil {
		g.Release()
	}
}

func (b *board) badLiveOfAll(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range b.liveOfAll() {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badInLiteralOfLoop(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range inLiteralOfLoop {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badLiteralTwice(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range literalTwice {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}

func badLiteralDeferred(h sensor.Handle) {
	var s *sensor.Sensor
	var g revocable.Guard
	for range literalDeferred {
		s, g = h.TryAccess() // want revleak
	}
	if s != nil {
		g.Release()
	}
}
