package device

import "time"

// A Timer is the handle of a callback registered by [Bound.AfterFunc] or [Bound.Every]. It
// must not be copied. A nil or zero Timer is one whose device was unbound long ago.
type Timer struct {
	_ noCopy

	binding *binding
	fn      func(*Bound)
	holder  *holder
	ticks   bool // made by Every

	// The rest is guarded by the binding's mutex. The timer is armed if it is among the
	// binding's timers.
	timer  *time.Timer
	shots  int           // how often it was armed: a shot that was overtaken knows by it
	period time.Duration // if it ticks
	due    time.Time     // the tick that it is armed for, or that runs
	busy   bool          // if it ticks: fn runs, and arms the timer afterwards
	off    bool          // if it ticks: stopped while busy
}

// AfterFunc waits for the duration d and then calls fn in a goroutine of its own, with
// a token of its own. An Unbind stops the timer, or waits until fn has returned. A timer
// made after an Unbind has begun never fires. To fire again, fn calls [Timer.Reset]; for fn
// to be called regularly there is [Bound.Every].
//
//revlint:scoped fn(c) from b
func (b *Bound) AfterFunc(d time.Duration, fn func(c *Bound)) *Timer {
	mustHave(fn != nil, "Bound.AfterFunc")
	return b.newTimer("Bound.AfterFunc", d, &Timer{fn: fn})
}

// Every calls fn after the duration d, after twice that, and so on, in a goroutine of its
// own, with a token of its own, but never twice at a time: a call that is due while fn
// runs is left out. An Unbind stops the timer, and waits until fn has returned. It panics
// if d is not positive.
//
//revlint:scoped fn(c) from b
func (b *Bound) Every(d time.Duration, fn func(c *Bound)) *Timer {
	mustHave(fn != nil, "Bound.Every")
	mustTick(d, "Bound.Every")
	return b.newTimer("Bound.Every", d, &Timer{fn: fn, ticks: true, period: d})
}

func mustTick(d time.Duration, use string) {
	if d <= 0 {
		panic("device: " + use + " with a period that is not positive")
	}
}

func (b *Bound) newTimer(use string, d time.Duration, t *Timer) *Timer {
	t.binding = b.valid(use)
	t.holder = newHolder("a callback of " + use)
	t.binding.mu.Lock()
	defer t.binding.mu.Unlock()
	t.binding.mustLast(use)
	t.due = time.Now().Add(d)
	t.arm(d)
	return t
}

// Stop keeps the timer from firing, once or for good. It returns true if it did so, and false if the
// timer has fired, and does so once only, or was stopped already. It does not wait for a
// callback that is running; only Unbind does.
func (t *Timer) Stop() bool {
	if t == nil || t.binding == nil {
		return false
	}
	t.binding.mu.Lock()
	defer t.binding.mu.Unlock()
	if t.busy {
		was := !t.off
		t.off = true
		return was && !t.binding.ending
	}
	return t.disarm()
}

// Reset makes the timer fire after the duration d, and not when it would have. A timer of [Bound.Every]
// fires every d from then on. It returns true if the timer would have
// fired otherwise, as [time.Timer.Reset] does. Once an Unbind has begun it does nothing and
// returns false. It does not wait for a callback that is running: one of AfterFunc may run
// twice at a time, one of Every does not.
func (t *Timer) Reset(d time.Duration) bool {
	if t == nil || t.binding == nil {
		return false
	}
	if t.ticks {
		mustTick(d, "Timer.Reset")
	}
	t.binding.mu.Lock()
	defer t.binding.mu.Unlock()
	if t.binding.ending {
		return false
	}
	was := t.disarm()
	t.period = d
	t.due = time.Now().Add(d)
	if t.busy {
		was = !t.off
		t.off = false
	} else {
		t.arm(d)
	}
	return was
}

// arm has the timer fire after the duration d. It does nothing when the binding is
// ending. The callers of this and of disarm hold the binding's mutex.
func (t *Timer) arm(d time.Duration) {
	b := t.binding
	if b.ending {
		return
	}
	b.callbacks.Add(1)
	b.timers[t] = struct{}{}
	t.shots++
	shot := t.shots
	t.timer = time.AfterFunc(d, func() { t.fire(shot) })
}

// disarm reports whether the timer was armed: of its firing, its Stop and the end of
// its binding, one alone is told so, and answers for what the timer counts for.
func (t *Timer) disarm() bool {
	b := t.binding
	if _, armed := b.timers[t]; !armed {
		return false
	}
	delete(b.timers, t)
	t.timer.Stop()
	b.callbacks.Done()
	return true
}

// fire is what the timer does when its time has come.
func (t *Timer) fire(shot int) {
	b := t.binding
	b.mu.Lock()
	if _, armed := b.timers[t]; !armed || t.shots != shot {
		b.mu.Unlock()
		return
	}
	delete(b.timers, t)
	t.busy = t.ticks
	b.mu.Unlock()

	defer b.callbacks.Done()
	if t.ticks {
		defer t.rearm()
	}
	b.callback(t.holder, t.fn)
}

// rearm ends one tick and arms the timer for the next.
func (t *Timer) rearm() {
	t.binding.mu.Lock()
	defer t.binding.mu.Unlock()
	t.busy = false
	if t.off {
		t.off = false
		return
	}
	now := time.Now()
	if late := now.Sub(t.due); late >= 0 {
		t.due = t.due.Add((late/t.period + 1) * t.period)
	}
	t.arm(t.due.Sub(now))
}
