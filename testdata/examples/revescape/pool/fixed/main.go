// A buffer that goes back to its pool
//
// The caller gets a copy.
package play

import (
	"bytes"
	"fmt"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(name string, n int) []byte {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	fmt.Fprintf(b, "%s: %d", name, n)
	return bytes.Clone(b.Bytes())
}
