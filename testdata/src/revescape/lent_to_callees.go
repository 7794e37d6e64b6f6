package revescape

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"
)

func printed(h handle, w io.Writer) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	fmt.Fprintln(w, p, p.body, p.name)
	fmt.Println(p.id)
}

func sprinted(h handle) string {
	p, g := h.TryAccess()
	if p == nil {
		return ""
	}
	defer g.Release()
	return fmt.Sprintf("%s: %q", p.name, p.body)
}

func marshalled(h handle) ([]byte, error) {
	p, g := h.TryAccess()
	if p == nil {
		return nil, errGone
	}
	defer g.Release()
	return json.Marshal(p.body)
}

func ioCopy(h handle, w io.Writer) (int64, error) {
	p, g := h.TryAccess()
	if p == nil {
		return 0, errGone
	}
	defer g.Release()
	return io.Copy(w, bytes.NewReader(p.body))
}

func readFull(h handle, r io.Reader) error {
	p, g := h.TryAccess()
	if p == nil {
		return errGone
	}
	defer g.Release()
	_, err := io.ReadFull(r, p.body)
	return err
}

func sorted(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	sort.Slice(p.body, func(i, j int) bool { return p.body[i] < p.body[j] })
	slices.SortFunc(p.body, func(a, b byte) int { return int(a) - int(b) })
}

func mapped(h handle) string {
	p, g := h.TryAccess()
	if p == nil {
		return ""
	}
	defer g.Release()
	return strings.Map(func(r rune) rune {
		if int(r) < len(p.body) {
			return rune(p.body[r])
		}
		return r
	}, p.name)
}

var once sync.Once

func onlyOnce(h handle) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	once.Do(func() { p.hit() })
}

func compared(h handle, other []byte) bool {
	p, g := h.TryAccess()
	if p == nil {
		return false
	}
	defer g.Release()
	return bytes.Equal(p.body, other) || bytes.HasPrefix(p.body, other)
}

func written(h handle, buf *bytes.Buffer) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	buf.Write(p.body)
	buf.WriteString(p.name)
}

func iterated(h handle) (n int) {
	p, g := h.TryAccess()
	if p == nil {
		return 0
	}
	defer g.Release()
	for i, b := range slices.Backward(p.body) {
		n += i * int(b)
	}
	return n
}

func splitAndKept(h handle, c *cache) {
	p, g := h.TryAccess()
	if p == nil {
		return
	}
	defer g.Release()
	c.all = bytes.Split(p.body, []byte(",")) // want revescape
}

func bufferAround(h handle) *bytes.Buffer {
	p, g := h.TryAccess()
	if p == nil {
		return nil
	}
	defer g.Release()
	return bytes.NewBuffer(p.body) // want revescape
}

func wrappedIn(h handle) error {
	p, g := h.TryAccess()
	if p == nil {
		return errGone
	}
	defer g.Release()
	return fmt.Errorf("page %s: %w", p.name, errGone)
}
