package readers

import "io"

// A number says whether there are goroutines at all, and the callers know it.

type packer struct {
	num  int
	sums chan int
	n    int
}

var _ io.Writer = (*packer)(nil)

func (w *packer) isSerial() bool { return w.num == 1 }

func (w *packer) add(b []byte) { w.n += len(b) }

func (w *packer) pack(b []byte) {
	if w.isSerial() {
		w.add(b)
		return
	}
	go func() { w.add(b) }()
}

// Write packs p at once, or a copy of it later.
func (w *packer) Write(p []byte) (int, error) {
	if w.isSerial() {
		w.pack(p)
		return len(p), nil
	}
	w.pack(append([]byte(nil), p...))
	return len(p), nil
}

func start(num int, b []byte, out chan []byte) {
	if num == 1 {
		return
	}
	go func() { out <- b }()
}

type single struct{ out chan []byte }

func (s *single) Write(p []byte) (int, error) {
	start(1, p, s.out)
	return len(p), nil
}

func begin(b []byte, out chan []byte) {
	if out == nil {
		return
	}
	go func() { out <- b }()
}

type posted struct{ out chan []byte }

func (s *posted) Write(p []byte) (int, error) {
	begin(p, s.out) // want revescape
	return len(p), nil
}
