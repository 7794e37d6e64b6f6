package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// A plugin is code with memory of its own, which is there until it is unloaded.
type plugin struct {
	http.Handler
	memory []byte
}

// A front is what requests to a plug-in come to. It may be kept, and fails by itself when the plug-in is gone.
type front struct{ http.Handler }

// A host has plug-ins by name.
type host struct {
	registry registry.Registry

	mu     sync.Mutex // loading and unloading
	loaded map[string]*loaded
}

type loaded struct {
	entry   *registry.Entry
	plugin  *revocable.Provider[plugin]
	version int
}

// patience is how long unloading waits for requests that do not look at their contexts.
const patience = 30 * time.Second

// load loads a plug-in, in place of the one that had the name.
func (h *host) load(ctx context.Context, name string, start func(version int) *plugin) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	version := 1
	if old := h.loaded[name]; old != nil {
		version = old.version + 1
		if err := h.unloadLocked(ctx, name); err != nil {
			return err
		}
	}
	p := revocable.NewProvider(start(version), revocable.WithCleanup(func(p *plugin) { clear(p.memory); p.memory = nil }))
	handle := p.Handle()
	served, _ := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = handle.With(func(p *plugin) error { p.ServeHTTP(w, r); return nil })
	}), revio.Behind(handle))
	entry, err := registry.Publish(&h.registry, name, revocable.NewProvider(&front{served}))
	if err != nil {
		return err
	}
	if h.loaded == nil {
		h.loaded = make(map[string]*loaded)
	}
	h.loaded[name] = &loaded{entry, p, version}
	return nil
}

func (h *host) unload(ctx context.Context, name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.unloadLocked(ctx, name)
}

func (h *host) unloadLocked(ctx context.Context, name string) error {
	l := h.loaded[name]
	if l == nil {
		return fmt.Errorf("%w: %s", fs.ErrNotExist, name)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	// The plug-in first, which wakes its requests; then its name.
	if err := errors.Join(l.plugin.RevokeContext(ctx), l.entry.Withdraw(ctx)); err != nil {
		return err // it is going all the same
	}
	delete(h.loaded, name)
	return nil
}

// ServeHTTP passes a request on to its plug-in.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, err := registry.Lookup[front](&h.registry, r.PathValue("name"))
	if err == nil {
		err = found.With(func(f *front) error { f.ServeHTTP(w, r); return nil })
	}
	if err != nil {
		http.Error(w, "no such plug-in is loaded", http.StatusNotFound)
	}
}
