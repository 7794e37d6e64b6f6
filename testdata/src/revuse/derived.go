package revuse

import (
	"bufio"
	"bytes"
	"maps"
	"slices"
	"strings"
	"unsafe"
)

func slice(h handle) byte {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	data := f.data
	g.Release()
	return data[0] // want revuse
}

func reslice(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	tail := f.data[4:]
	tail = tail[:2]
	g.Release()
	return sum(tail) // want revuse
}

func addressOfField(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	head := &f.header
	g.Release()
	return head.length // want revuse
}

func sliceOfArray(h handle) byte {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	flags := f.header.flags[:]
	g.Release()
	return flags[1] // want revuse
}

func mapOfIt(h handle) string {
	f, g := h.TryAccess()
	if f == nil {
		return ""
	}
	options := f.options
	g.Release()
	return options["mode"] // want revuse
}

func elementOfIt(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if len(f.rows) == 0 {
		g.Release()
		return 0
	}
	row := f.rows[0]
	g.Release()
	return sum(row) // want revuse
}

func resultOfMethod(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	p := f.payload()
	g.Release()
	return sum(p) // want revuse
}

func pointerFromMethod(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	head := f.head()
	g.Release()
	return head.length // want revuse
}

func methodValue(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	size := f.size
	g.Release()
	return size() // want revuse
}

func closureOverIt(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	read := func() int {
		return f.seq // want revuse
	}
	n := read()
	g.Release()
	return n + read()
}

func readerAroundIt(h handle) (byte, error) {
	f, g := h.TryAccess()
	if f == nil {
		return 0, errGone
	}
	r := bytes.NewReader(f.data)
	g.Release()
	return r.ReadByte() // want revuse
}

func inComposite(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	view := struct {
		body []byte
		name string
	}{f.data, f.name}
	g.Release()
	return sum(view.body) // want revuse
}

func unsafeString(h handle) bool {
	f, g := h.TryAccess()
	if f == nil || len(f.data) == 0 {
		g.Release()
		return false
	}
	s := unsafe.String(&f.data[0], len(f.data))
	g.Release()
	return strings.HasPrefix(s, "GET") // want revuse
}

func copiesAreFree(h handle) (n int, name string, flags [4]byte) {
	f, g := h.TryAccess()
	if f == nil {
		return
	}
	n, name, flags = f.seq, f.name, f.header.flags
	g.Release()
	return n + 1, name + "!", flags
}

func headerByValue(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	head := f.header
	g.Release()
	return head.length
}

func clones(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	a := bytes.Clone(f.data)
	b := slices.Clone(f.data)
	c := append([]byte(nil), f.data...)
	d := make([]byte, len(f.data))
	copy(d, f.data)
	s := string(f.data)
	m := maps.Clone(f.options)
	g.Release()
	return sum(a) + sum(b) + sum(c) + sum(d) + len(s) + len(m)
}

func outerCloneOnly(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	rows := slices.Clone(f.rows)
	g.Release()
	return sum(rows[0]) // want revuse
}

func readThenRelease(h handle) (string, error) {
	f, g := h.TryAccess()
	if f == nil {
		return "", errGone
	}
	line, err := bufio.NewReader(bytes.NewReader(f.data)).ReadString('\n')
	g.Release()
	return line, err
}
