package pooling

import "sync"

// A column grows by moving into a larger array of the pools; the old one goes back.
type column struct {
	array  *array
	values []int64
}

type array struct{ values []int64 }

var arrays [2]sync.Pool

func getArray(class int) *array {
	if a, ok := arrays[class].Get().(*array); ok {
		return a
	}
	return &array{values: make([]int64, 0, 1024<<class)}
}

func putArray(a *array, class int) {
	if a == nil {
		return
	}
	a.values = a.values[:0]
	arrays[class].Put(a)
}

func (c *column) reserve(n int) {
	switch {
	case n > 4096:
		larger := make([]int64, len(c.values), len(c.values)+n)
		copy(larger, c.values)
		if c.array != nil {
			putArray(c.array, 0)
			c.array = nil
		}
		c.values = larger
	case c.array == nil:
		c.array = getArray(0)
		c.values = append(c.array.values, c.values...)
	default:
		old := c.array
		c.array = getArray(1)
		c.values = append(c.array.values, c.values...)
		putArray(old, 0)
	}
}

func (c *column) append(vs ...int64) {
	if len(c.values)+len(vs) > cap(c.values) {
		c.reserve(len(vs))
	}
	c.values = append(c.values, vs...)
}

type dictionary struct{ column column }

func (d *dictionary) insert(vs []int64) {
	for _, v := range vs {
		d.column.append(v)
	}
}

// shrink gives the array back, and goes on with it.
func (c *column) shrink() int {
	putArray(c.array, 0)
	return cap(c.array.values) // want revuse
}

// release gives the array back, and forgets it.
func (c *column) release() {
	putArray(c.array, 0)
	c.array, c.values = nil, nil
}

func (d *dictionary) reset(vs []int64) {
	d.column.release()
	d.insert(vs)
}

// Who keeps the array gives it back twice.
func (c *column) releaseArray() { arrays[0].Put(c.array) }

func (c *column) releaseTwice() {
	c.releaseArray()
	c.values = nil
	c.releaseArray() // want revrelease
}
