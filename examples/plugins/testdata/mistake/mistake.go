// Package mistake unloads a plug-in from within one of its own requests: it waits for itself.
package mistake

import (
	"net/http"

	"github.com/revlint/revlint/revocable"
)

type plugin struct{ http.Handler }

type host struct {
	loaded *revocable.Provider[plugin]
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h.loaded.Handle().With(func(p *plugin) error {
		if r.Method == http.MethodDelete {
			h.loaded.Revoke() // want revwait
			return nil
		}
		p.ServeHTTP(w, r)
		return nil
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}
