//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/http"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
)

// service answers for whatever sensors there are.
func service(r *registry.Registry) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { status(r, w) })
	mux.HandleFunc("GET /sensors/{name}", func(w http.ResponseWriter, req *http.Request) { reading(r, w, req) })
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, req *http.Request) { events(r, w, req) })
	return mux
}

func status(r *registry.Registry, w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!doctype html><title>Sensors</title><h1>Sensors</h1><table>\n")
	for name, h := range registry.All[sensor](r) {
		celsius, err := revocable.Do(h, (*sensor).read)
		switch {
		case errors.Is(err, revocable.ErrRevoked): // since All was asked
		case err != nil:
			fmt.Fprintf(w, "<tr><td>%s<td>%s\n", html.EscapeString(name), html.EscapeString(err.Error()))
		default:
			fmt.Fprintf(w, "<tr><td>%s<td>%.1f °C\n", html.EscapeString(name), celsius)
		}
	}
	fmt.Fprint(w, "</table>\n")
}

func reading(r *registry.Registry, w http.ResponseWriter, req *http.Request) {
	name := req.PathValue("name")
	var celsius float64
	h, err := registry.Lookup[sensor](r, "sensors/"+name)
	if err == nil {
		celsius, err = revocable.Do(h, (*sensor).read)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, revocable.ErrRevoked):
		http.Error(w, "no such sensor is plugged in", http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	default:
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"name": name, "celsius": celsius})
	}
}

// events streams what comes and goes, beginning with what is there.
func events(r *registry.Registry, w http.ResponseWriter, req *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	if control.Flush() != nil {
		return
	}
	for e := range registry.Watch[sensor](req.Context(), r, "sensors/*") {
		if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Kind, e.Name); err != nil {
			return
		}
		if control.Flush() != nil {
			return
		}
	}
}
