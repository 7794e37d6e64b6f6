package exhausted

import "github.com/revlint/revlint/testdata/src/lib/rows"

// What is embedded is its holder, as far as the methods go that the holder has by that alone.

type mapped struct {
	*rows.Rows
	mapping map[string]int
}

func (m *mapped) scanInto(to *int) error {
	m.mapping["n"]++
	return m.Scan(to)
}

func queryMapped(q string) (*mapped, error) {
	r, err := rows.Query(q)
	if err != nil {
		return nil, err
	}
	return &mapped{r, map[string]int{}}, nil
}

func sumMapped(m *mapped) (sum int, err error) {
	for m.Next() {
		var n int
		if err := m.scanInto(&n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, m.Err()
}

func badMappedByHelper(q string) (int, error) {
	m, err := queryMapped(q) // want revleak
	if err != nil {
		return 0, err
	}
	return sumMapped(m)
}

func okMappedAndClosed(q string) (int, error) {
	m, err := queryMapped(q)
	if err != nil {
		return 0, err
	}
	defer m.Close()
	return sumMapped(m)
}

func sumMappedAndClose(m *mapped) (sum int, err error) {
	for m.Next() {
		var n int
		if err := m.scanInto(&n); err != nil {
			m.Close()
			return 0, err
		}
		sum += n
	}
	return sum, m.Err()
}

func okMappedClosedByHelper(q string) (int, error) {
	m, err := queryMapped(q)
	if err != nil {
		return 0, err
	}
	return sumMappedAndClose(m)
}

// Its holder has a Next of its own, and may know more.
type counted struct {
	*rows.Rows
	rest int
}

func (c *counted) Next() bool {
	c.rest--
	return c.rest >= 0 && c.Rows.Next()
}

func sumCounted(c *counted) (sum int, err error) {
	for c.Next() {
		var n int
		if err := c.Scan(&n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func okCounted(q string) (int, error) {
	r, err := rows.Query(q)
	if err != nil {
		return 0, err
	}
	return sumCounted(&counted{r, 9})
}
