// A buffer that is put back twice
//
// The defer alone does it.
package play

import (
	"bytes"
	"errors"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func count(write func(*bytes.Buffer) error) (int, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := write(b); err != nil {
		return 0, errors.Join(errors.New("count"), err)
	}
	return b.Len(), nil
}
