package everyday

import (
	"errors"
	"net"
	"os"
)

// What is opened in a loop is gathered in a slice, and lost with it where the loop fails.

func badEarlierFilesAreLost(names []string) (fs []*os.File, err error) {
	for _, n := range names {
		f, err := os.Open(n) // want revleak
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func badTheFileAndTheEarlierOnes(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n) // want revleak
		if err != nil {
			return nil, err
		}
		fi, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if fi.IsDir() {
			f.Close()
			continue
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okEarlierFilesAreClosed(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			for _, f := range fs {
				f.Close()
			}
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okEarlierFilesAreGivenBack(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return fs, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okGatheredAndClosedByADefer(names []string) (fs []*os.File, err error) {
	defer func() {
		if err != nil {
			for _, f := range fs {
				f.Close()
			}
		}
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okGatheredAndCounted(addrs []string) ([]net.Listener, error) {
	var all []net.Listener
	for _, a := range addrs {
		l, err := net.Listen("tcp", a) // want revleak
		if err != nil {
			continue
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		return nil, errors.New("none")
	}
	return all, nil
}

func okGatheredWithErrors(addrs []string) ([]net.Listener, error) {
	var all []net.Listener
	var errs []error
	for _, a := range addrs {
		l, err := net.Listen("tcp", a)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, l)
	}
	return all, errors.Join(errs...)
}

func okClosesAll(names []string) (n int, err error) {
	fs, err := okGatheredWithErrors(names)
	if err != nil {
		return 0, err
	}
	for _, f := range fs {
		n++
		f.Close()
	}
	return n, nil
}

func okNamesOfAll(names []string) (out []string, err error) {
	fs, err := okEarlierFilesAreClosed(names)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		out = append(out, f.Name())
		f.Close()
	}
	return out, nil
}

func okGatheredAndDeferred(names []string) (n int, err error) {
	var fs []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return n, err
		}
		defer f.Close()
		fs = append(fs, f)
		n++
	}
	_ = fs
	return n, nil
}

func badGatheredForNothing(names []string) (n int, err error) {
	var fs []*os.File
	for _, name := range names {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return n, err
		}
		fs = append(fs, f)
		n++
	}
	_ = fs
	return n, nil
}

// Fields of a struct, maps and elements gather as well.
type segments struct {
	segs []*os.File
	m    map[string]*os.File
	cur  *os.File
}

func (w *segments) Close() error {
	for _, s := range w.segs {
		s.Close()
	}
	return nil
}

func badFieldGathers(ps []string) (*segments, error) {
	w := &segments{}
	for _, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
		w.segs = append(w.segs, f)
	}
	return w, nil
}
func badMadeFieldGathers(ps []string) (*segments, error) {
	w := &segments{segs: make([]*os.File, 0, len(ps))}
	for _, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
		w.segs = append(w.segs, f)
	}
	return w, nil
}
func badGatheredForAField(ps []string) (*segments, error) {
	var segs []*os.File
	for _, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
		segs = append(segs, f)
	}
	return &segments{segs: segs}, nil
}
func badMapGathers(ps []string) (*segments, error) {
	w := &segments{m: map[string]*os.File{}}
	for _, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
		w.m[p] = f
	}
	return w, nil
}
func badElementsGather(ps []string) ([]*os.File, error) {
	out := make([]*os.File, len(ps))
	for i, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
		out[i] = f
	}
	return out, nil
}
func badElementsGatherAtOnce(ps []string) (out []*os.File, err error) {
	out = make([]*os.File, len(ps))
	for i, p := range ps {
		out[i], err = os.Open(p) // want revleak
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
func okFieldIsClosed(ps []string) (*segments, error) {
	w := &segments{}
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			w.Close()
			return nil, err
		}
		w.segs = append(w.segs, f)
	}
	return w, nil
}
func okFieldIsClosedByADefer(ps []string) (_ *segments, err error) {
	w := &segments{}
	defer func() {
		if err != nil {
			w.Close()
		}
	}()
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			return nil, err
		}
		w.segs = append(w.segs, f)
	}
	return w, nil
}
func okPartOfAField(ps []string) (*segments, error) {
	w := &segments{}
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			return w, err
		}
		w.segs = append(w.segs, f)
	}
	return w, nil
}
func badFieldAfterwards(ps []string) (*segments, error) {
	w := &segments{}
	for _, p := range ps {
		f, err := os.Open(p) // want revleak
		if err != nil {
			w.Close()
			return nil, err
		}
		w.segs = append(w.segs, f)
	}
	c, err := os.Create("x")
	if err != nil {
		return nil, err
	}
	w.cur = c
	return w, nil
}
func badFieldOfTwo(p, q string) (*segments, error) {
	w := &segments{}
	f, err := os.Open(p) // want revleak
	if err != nil {
		return nil, err
	}
	w.segs = append(w.segs, f)
	g, err := os.Open(q)
	if err != nil {
		return nil, err
	}
	w.segs = append(w.segs, g)
	return w, nil
}

// What a map has is closed by way of the map.
func okMapIsClosed(ps []string) (*segments, error) {
	w := &segments{m: map[string]*os.File{}}
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			for _, f := range w.m {
				f.Close()
			}
			return nil, err
		}
		w.m[p] = f
	}
	return w, nil
}

func okReplacedInMap(ps []string) (map[string]*os.File, error) {
	m := make(map[string]*os.File)
	for _, p := range ps {
		if old := m[p]; old != nil {
			old.Close()
		}
		f, err := os.Open(p)
		if err != nil {
			closeAll(m)
			return nil, err
		}
		m[p] = f
	}
	return m, nil
}

func closeAll(m map[string]*os.File) {
	for _, f := range m {
		f.Close()
	}
}

func okElementsAreClosed(ps []string) ([]*os.File, error) {
	out := make([]*os.File, len(ps))
	for i, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			for _, f := range out[:i] {
				f.Close()
			}
			return nil, err
		}
		out[i] = f
	}
	return out, nil
}

func okElementsInAStruct(ps []string) (s struct{ fs []*os.File }, err error) {
	s.fs = make([]*os.File, len(ps))
	for i, p := range ps {
		if s.fs[i], err = os.Open(p); err != nil {
			return s, err
		}
	}
	return s, nil
}

type opener struct{ opened []*os.File }

func (o *opener) open(p string) (*os.File, error) {
	f, err := os.Open(p)
	if err == nil {
		o.opened = append(o.opened, f)
	}
	return f, err
}

// Who opens keeps them as well.
func okKeptElsewhereToo(o *opener, ps []string) ([]*os.File, error) {
	var out []*os.File
	for _, p := range ps {
		f, err := o.open(p)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
