// A weak pointer
//
// One call of Value, tested: what it gave cannot be collected any more.
package play

import "weak"

type entry struct{ hits int }

type cache map[string]weak.Pointer[entry]

func (c cache) hit(key string) {
	if e := c[key].Value(); e != nil {
		e.hits++
	}
}
