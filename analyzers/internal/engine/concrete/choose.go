package concrete

import "math/rand/v2"

// Choices are what a run cannot know.
type Choices struct {
	taken, of []int
	next      int
	random    *rand.Rand // nil: those that were not taken yet are 0
}

// Choose is a number below n.
func (c *Choices) Choose(n int) int {
	if c.next == len(c.taken) {
		choice := 0
		if c.random != nil {
			choice = c.random.IntN(n)
		}
		c.taken, c.of = append(c.taken, choice), append(c.of, n)
	}
	c.next++
	return c.taken[c.next-1]
}

// Explore calls run for each sequence of choices, one after another, until it reports
// false. Where there are more than limit, half of these are the first, the others random.
func Explore(limit int, run func(*Choices) bool) {
	c := &Choices{}
	for range limit / 2 {
		c.next = 0
		if !run(c) || !c.advance() {
			return
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range limit / 2 {
		if !run(&Choices{random: random}) {
			return
		}
	}
}

// advance goes on to the next sequence, if there is one.
func (c *Choices) advance() bool {
	n := len(c.taken)
	for n > 0 && c.taken[n-1] == c.of[n-1]-1 {
		n--
	}
	c.taken, c.of = c.taken[:n], c.of[:n]
	if n > 0 {
		c.taken[n-1]++
	}
	return n > 0
}
