// A weak pointer
//
// The entry may have been collected: Value is nil then.
package play

import "weak"

type entry struct{ hits int }

type cache map[string]weak.Pointer[entry]

func (c cache) hit(key string) {
	c[key].Value().hits++ // want revnil
}
