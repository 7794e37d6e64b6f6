package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net/http"
)

func main() {
	address := flag.String("listen", "localhost:8081", "where to serve")
	flag.Parse()
	h := new(host)
	log.Printf("http://%s/plugins/echo/hello", *address)
	log.Fatal(http.ListenAndServe(*address, h.routes()))
}

func (h *host) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /plugins/{name}/{rest...}", h)
	mux.HandleFunc("PUT /plugins/{name}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, h.load(r.Context(), r.PathValue("name"), echo))
	})
	mux.HandleFunc("DELETE /plugins/{name}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, h.unload(r.Context(), r.PathValue("name")))
	})
	return mux
}

func answer(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, fs.ErrNotExist):
		http.Error(w, err.Error(), http.StatusNotFound)
	default:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// echo is a plug-in that answers with what its memory says; /wait waits until the client or the host has enough.
func echo(version int) *plugin {
	p := &plugin{memory: fmt.Appendf(nil, "version %d says", version)}
	p.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("rest") == "wait" {
			<-r.Context().Done()
		}
		fmt.Fprintf(w, "%s %s\n", p.memory, r.PathValue("rest"))
	})
	return p
}
