package pooling

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
)

var gunzips = sync.Pool{New: func() any { return new(gzip.Reader) }}

var gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// What is deferred last runs first: it is put back, and then closed.
func badClosedAfterPut(packed io.Reader) ([]byte, error) {
	z := gunzips.Get().(*gzip.Reader)
	if err := z.Reset(packed); err != nil {
		return nil, err
	}
	defer z.Close() // want revuse
	defer gunzips.Put(z)
	return io.ReadAll(z)
}

func okClosedBeforePut(packed io.Reader) ([]byte, error) {
	z := gunzips.Get().(*gzip.Reader)
	if err := z.Reset(packed); err != nil {
		return nil, err
	}
	defer gunzips.Put(z)
	defer z.Close()
	return io.ReadAll(z)
}

func badWriterClosedAfterPut(text []byte) ([]byte, error) {
	var packed bytes.Buffer
	z := gzips.Get().(*gzip.Writer)
	z.Reset(&packed)
	_, err := z.Write(text)
	gzips.Put(z)
	if err != nil {
		return nil, err
	}
	err = z.Close() // want revuse
	return packed.Bytes(), err
}

func okWriterClosedBeforePut(text []byte) ([]byte, error) {
	var packed bytes.Buffer
	z := gzips.Get().(*gzip.Writer)
	z.Reset(&packed)
	_, err := z.Write(text)
	if err2 := z.Close(); err == nil {
		err = err2
	}
	gzips.Put(z)
	return packed.Bytes(), err
}

// Closed by hand where it fails, and by what is deferred: before it is put back.
func okClosedTwice(packed io.Reader) ([]byte, error) {
	z := gunzips.Get().(*gzip.Reader)
	defer gunzips.Put(z)
	if err := z.Reset(packed); err != nil {
		z.Close()
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}

// Another is taken where the first was put back.
func okTakenAgain(packed, more io.Reader) error {
	z := gunzips.Get().(*gzip.Reader)
	if err := z.Reset(packed); err != nil {
		return err
	}
	gunzips.Put(z)
	z = gunzips.Get().(*gzip.Reader)
	defer gunzips.Put(z)
	if err := z.Reset(more); err != nil {
		return err
	}
	return z.Close()
}
