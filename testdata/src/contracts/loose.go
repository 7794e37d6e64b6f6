package contracts

// A term may be asked when it is over. What was taken under it is over, too.

type term struct{ over bool }

//revlint:acquire t guard end loose
func begin() (t *term, end func()) {
	t = &term{}
	return t, func() { t.over = true }
}

//revlint:borrow t from parent loose
func within(parent *term) (t *term) { return &term{parent.over} }

type lease struct{ n int }

//revlint:acquire l if err == nil
//revlint:borrow l from t if err == nil
func takeUnder(t *term) (l *lease, err error) { return &lease{}, nil }

//revlint:release l idempotent
func (l *lease) end() {}

// Decision 53: the lease is over when its term is.
func badOver() (*lease, error) {
	t, end := begin()
	defer end()
	return takeUnder(t) // want revescape
}

// Decision 53: and when the term is from which its own was made.
func badOverWithin() (*lease, error) {
	t, end := begin()
	defer end()
	l, err := takeUnder(within(t))
	if err != nil {
		return nil, err
	}
	return l, nil // want revescape
}

// Decision 53: the term itself may be asked.
func okAsked() (int, error) {
	t, end := begin()
	l, err := takeUnder(t)
	if err != nil {
		end()
		return 0, err
	}
	n := l.n
	l.end()
	end()
	if t.over {
		n++
	}
	return n, nil
}

// under answers with the term that it was given, which is on no new loan.
//
//revlint:borrow t from parent loose
func under(parent *term) (t *term) { return parent }

// Decision 53: only what the call has made is borrowed.
func okUnderOther(other *term) (*lease, error) {
	t, end := begin()
	defer end()
	under(t)
	return takeUnder(under(other))
}

// Decision 53: and what it has not made ends as before.
func badUnderSame() (*lease, error) {
	t, end := begin()
	defer end()
	l, err := takeUnder(under(t))
	if err != nil {
		return nil, err
	}
	return l, nil // want revescape
}

// orForever answers with what was there before where the term is over.
//
//revlint:borrow t from parent loose
func orForever(parent, other *term) (t *term) {
	if parent.over {
		return other
	}
	return &term{}
}

// Decision 53: what was there before is as good as ever.
func okForever(other *term) (*lease, error) {
	t, end := begin()
	defer end()
	orForever(t, other)
	return takeUnder(other)
}
