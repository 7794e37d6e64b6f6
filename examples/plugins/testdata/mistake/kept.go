package mistake

import (
	"net/http"

	"github.com/revlint/revlint/revocable"
)

// A router remembers the plug-in itself, and calls it after it was unloaded.
type router struct {
	found map[string]*plugin
}

func (r *router) route(name string, h revocable.Handle[plugin]) error {
	return h.With(func(p *plugin) error {
		r.found[name] = p // want revescape
		return nil
	})
}

// later answers when the access has ended.
func later(h revocable.Handle[plugin], w http.ResponseWriter, r *http.Request) error {
	return h.With(func(p *plugin) error {
		go func() { p.ServeHTTP(w, r) }() // want revescape
		return nil
	})
}
