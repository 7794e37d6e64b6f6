package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

type record struct {
	hooks []func()
	text  []byte
}

// A list has the hooks of the record that it belongs to.
type list struct {
	hooks []func()
	items [][]byte
}

var (
	records = pool.New(func(r *record) { r.text = r.text[:0] })
	lists   = pool.New(func(l *list) { l.items = l.items[:0] })
)

func (r *record) list() *list {
	l := lists.Get()
	l.hooks = r.hooks
	return l
}

// The list is dropped with the record that it looks into.
func count(text string) int {
	r := records.Get()
	r.text = append(r.text, text...)
	l := r.list()
	l.items = append(l.items, nil)
	n := len(l.items)
	records.Put(r)
	return n
}

// This one is not dropped.
func listOf(text string) *list {
	r := records.Get()
	r.text = append(r.text, text...)
	l := r.list()
	records.Put(r)
	return l // want revescape
}
