package contracts

// OpenSheet opens one of many.
//
//revlint:acquire _ guard s brief if err == nil
func OpenSheet(name string) (s *Sheet, err error) { return &Sheet{}, nil }

// A Sheet is to be closed in the round of a loop in which it was opened.
type Sheet struct{ cells []int }

// Close closes it.
//
//revlint:release s
func (s *Sheet) Close() {}

// Sum is that of its cells.
func (s *Sheet) Sum() (n int) {
	for _, c := range s.cells {
		n += c
	}
	return n
}

// Decision 54: what is deferred waits until the function returns.
func sumOfAll(names []string) (n int) {
	for _, name := range names {
		s, err := OpenSheet(name) // want revleak
		if err != nil {
			continue
		}
		defer s.Close()
		n += s.Sum()
	}
	return n
}

// Decision 54: unless there is something else that has it.
func sumInTheEnd(names []string) (n int) {
	var all []*Sheet
	for _, name := range names {
		s, err := OpenSheet(name)
		if err != nil {
			continue
		}
		defer s.Close()
		all = append(all, s)
	}
	for _, s := range all {
		n += s.Sum()
	}
	return n
}

// Decision 54: and unless a number says how often.
func sumOfTwelve(name func(month int) string) (n int) {
	for month := 1; month <= 12; month++ {
		s, err := OpenSheet(name(month))
		if err != nil {
			continue
		}
		defer s.Close()
		n += s.Sum()
	}
	return n
}
