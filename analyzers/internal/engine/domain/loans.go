package domain

// Loans is where each loan stands on one path. It counts those that questions are about
// which are asked at every call and concern few, so that a function with many
// loans does not look through all of them each time.
type Loans struct {
	Table[*Loan, Standing]
	kept, lent, taken, held int
}

// Kept reports whether some loan's token is in a collection.
func (t *Loans) Kept() bool { return t.kept > 0 }

// Lent reports whether something was lent to an owner.
func (t *Loans) Lent() bool { return t.lent > 0 }

// Taken reports whether some loan was taken from an owner, or from one of several, and goes on.
func (t *Loans) Taken() bool { return t.taken > 0 }

// Held reports whether something is held that is taken and given back by methods of its own, as a lock is.
func (t *Loans) Held() bool { return t.held > 0 }

// Set says where l stands.
func (t *Loans) Set(l *Loan, s Standing) {
	t.forget(l)
	t.count(l, s, 1)
	t.Table.Set(l, s)
}

// Delete forgets l.
func (t *Loans) Delete(l *Loan) {
	t.forget(l)
	t.Table.Delete(l)
}

func (t *Loans) forget(l *Loan) {
	if s, ok := t.Get(l); ok {
		t.count(l, s, -1)
	}
}

// count adds n for what the questions are about.
func (t *Loans) count(l *Loan, s Standing, n int) {
	if s.Keeper != nil {
		t.kept += n
	}
	if l.Kind == Lent {
		t.lent += n
	}
	if l.Reference {
		t.held += n
	}
	if len(s.Owner) > 0 && (s.Phase == Live || s.Phase == Unchecked) {
		t.taken += n
	}
}

func (t *Loans) clone() Loans { return Loans{t.Table.clone(), t.kept, t.lent, t.taken, t.held} }
