package certainty

import "sync"

// A pool of pointers to slices: the slice behind the pointer is the pool's, too.

var scratch = sync.Pool{New: func() any { b := make([]byte, 0, 64); return &b }}

func returnedSlice() []byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	return *b // want revescape
}

func usedSlice() byte {
	b := scratch.Get().(*[]byte)
	s := *b
	scratch.Put(b)
	return s[0] // want revuse
}

func copiedSlice() []byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	return append([]byte(nil), *b...)
}

func replacedSlice(src []byte) []byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	*b = append((*b)[:0], src...)
	return append([]byte(nil), *b...)
}

func takenSlice() []byte {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	s := *b
	*b = nil
	return s
}
