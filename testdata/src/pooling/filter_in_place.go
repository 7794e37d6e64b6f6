package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

// A jar keeps objects from a pool under their names.
type jar struct {
	byName map[string][]*pool.Buffer
}

func find(list []*pool.Buffer, name string) *pool.Buffer {
	for _, b := range list {
		if b.String() == name {
			return b
		}
	}
	return nil
}

// What is dropped was taken out of the list before: the loop moves those that
// stay to the front of the same array.
func (j *jar) update(names []string) {
	for _, name := range names {
		list := j.byName[name]
		b := find(list, name)
		if b == nil {
			b = buffers.Get()
			list = append(list, b)
		}
		b.WriteString(name)
		if b.Len() < 512 {
			j.byName[name] = list
		} else {
			kept := list[:0]
			for _, v := range list {
				if v != b {
					kept = append(kept, v)
				}
			}
			j.byName[name] = kept
			buffers.Put(b)
		}
	}
}

// The list still has what is dropped.
func (j *jar) drop(name string) {
	b := buffers.Get()
	j.byName[name] = append(j.byName[name], b) // want revescape
	b.WriteString(name)
	buffers.Put(b)
}
