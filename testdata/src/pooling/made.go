package pooling

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
)

// What is made here, of something that it needs, may go into a pool for the next one to use.
var unpackers sync.Pool

func okGunzip(data []byte) ([]byte, error) {
	var err error
	r, ok := unpackers.Get().(*gzip.Reader)
	if !ok {
		r, err = gzip.NewReader(bytes.NewReader(data))
	} else {
		err = r.Reset(bytes.NewReader(data))
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(r)
	unpackers.Put(r)
	return out, err
}

func okFirst(data []byte) error {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return err
	}
	unpackers.Put(r)
	return nil
}
