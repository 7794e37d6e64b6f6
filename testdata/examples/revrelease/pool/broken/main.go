// A buffer that is put back twice
//
// Two callers get the same buffer then, and write to it at the same time.
package play

import (
	"bytes"
	"errors"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func count(write func(*bytes.Buffer) error) (int, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b) // want revrelease
	b.Reset()
	if err := write(b); err != nil {
		buffers.Put(b)
		return 0, errors.Join(errors.New("count"), err)
	}
	return b.Len(), nil
}
