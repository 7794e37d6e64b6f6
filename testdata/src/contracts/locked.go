package contracts

// A Door is opened by one, or looked through by many.
type Door struct {
	open bool
	seen int
	next *Door
}

// Open waits for all who have it.
//
//revlint:waits d
//revlint:acquire _ guard d once
func (d *Door) Open() {}

// Look waits for who has opened it.
//
//revlint:waits d of Open
//revlint:acquire _ guard d once
func (d *Door) Look() {}

// Leave gives it back.
//
//revlint:release d
func (d *Door) Leave() {}

// Decision 55: it looks, and leaves.
func (d *Door) isOpen() bool {
	d.Look()
	defer d.Leave()
	return d.open
}

// Decision 55: it is certainly this door, and a callee waits for it.
func waitsForItself(d *Door) bool {
	d.Open()
	defer d.Leave()
	return d.isOpen() // want revwait
}

// Decision 55: who looks does not wait for others who look.
func looksTwice(d *Door) bool {
	d.Look()
	defer d.Leave()
	return d.isOpen()
}

// Decision 55: who opens waits for those who look.
func opensWhatItLooksThrough(d *Door) {
	d.Look()
	d.Open() // want revwait
	d.Leave()
	d.Leave()
}

// Decision 55: another door, and an element of a list, are not this one for certain.
func opensOthers(d *Door, all []*Door, i, j int) {
	d.Open()
	d.next.Open()
	d.next.Leave()
	d.Leave()
	all[i].Open()
	all[j].Open()
	all[j].Leave()
	all[i].Leave()
}

// Decision 55: it was left before the wait.
func leavesFirst(d *Door) {
	d.Leave()
	d.Open()
}

func openedAndLeft(d *Door) bool {
	d.Open()
	leavesFirst(d)
	d.Leave()
	return d.isOpen()
}

func (d *Door) isSeen() bool {
	if d.seen > 0 {
		return true
	}
	return d.isOpen()
}

// Decision 55: a field decides whether the callee waits.
func decidedByField(d *Door) bool {
	d.Open()
	defer d.Leave()
	return d.isSeen()
}

// Decision 55: who was given it may have left it.
func givenAway(d *Door, to func(*Door)) {
	d.Open()
	to(d)
	d.Open()
	d.Leave()
}

// Decision 55: the second wait is not said again, nor is what is left open.
func waitsAgain(d *Door, far bool) {
	d.Open()
	d.Open() // want revwait
	d.Open()
	if far {
		return
	}
	d.Leave()
}

// Decision 55: nothing is said of what comes after a panic.
func recovers(d *Door) {
	d.Open()
	defer func() {
		if r := recover(); r != nil {
			d.Open()
		}
		d.Leave()
	}()
	d.seen++
}

// Decision 55: the door of an earlier round.
func opensInRounds(d *Door, all []int) {
	for _, n := range all {
		d.Open() // want revwait
		if n > 3 {
			d.seen++
		}
	}
}

// What was passed decides whether it waits. (A callee of the callee that is told in this way is not followed.)
func (d *Door) see(n int, quietly bool) {
	if n == 0 {
		return
	}
	if !quietly {
		d.Open()
		defer d.Leave()
	}
	d.seen += n
}

// Decision 55: it is told what to do, and waits.
func toldToWait(d *Door, n int) {
	d.Open()
	defer d.Leave()
	d.see(n, false) // want revwait
}

// Decision 55: and it is told not to.
func toldNotTo(d *Door, n int) {
	d.Open()
	defer d.Leave()
	d.see(n, true)
	d.see(0, false)
	d.see(n, d.open)
}

func (d *Door) store(save func() error) error {
	if err := save(); err != nil {
		return err
	}
	d.Open()
	defer d.Leave()
	d.seen = 0
	return nil
}

// Decision 55: it fails, or it waits.
func waitsUnlessItFails(d *Door, save func() error) error {
	d.Open()
	defer d.Leave()
	return d.store(save) // want revwait
}
