package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

type storage interface {
	Set(key string, raw []byte) error
}

// A cache has its entries in a storage or, without one, in memory. Then they
// are not given back.
type cache struct {
	memory  map[string]*pool.Buffer
	storage storage
}

func newCache(s storage) *cache {
	c := &cache{}
	if s != nil {
		c.storage = s
	} else {
		c.memory = map[string]*pool.Buffer{}
	}
	return c
}

func (c *cache) release(b *pool.Buffer) {
	if c.storage == nil {
		return
	}
	buffers.Put(b)
}

func (c *cache) set(key string, b *pool.Buffer) error {
	if c.storage != nil {
		err := c.storage.Set(key, b.Bytes())
		c.release(b)
		return err
	}
	c.memory[key] = b
	return nil
}

// Which of the two the cache does is fixed when it is made, out of sight here.
func inMemory(s storage) func(key string) error {
	c := newCache(s)
	return func(key string) error {
		b := buffers.Get()
		if s == nil {
			if err := c.set(key, b); err != nil {
				c.release(b)
				buffers.Put(b)
				return err
			}
			b.WriteString(key)
		}
		return nil
	}
}

func inStorage(s storage) func(key string) {
	c := newCache(s)
	return func(key string) {
		b := buffers.Get()
		if s != nil {
			c.set(key, b)
		} else {
			c.set(key, b)
			b.WriteString(key)
		}
	}
}

// Here it is known: the caller has asked.
func (c *cache) store(key string) {
	b := buffers.Get()
	if c.storage != nil {
		c.release(b)
		b.Reset() // want revuse
	}
}
