// Package handlers answers requests that are lent to it.
package handlers

import (
	"io"
	"log"

	"github.com/revlint/revlint/testdata/src/lib/serve"
)

type shown struct {
	last *serve.Request
	body io.Reader
}

type dumper struct{ next serve.Handler }

// A part of the request is put aside, and back.
func (d dumper) Serve(w *serve.Writer, r *serve.Request) {
	body := r.Body
	r.Body = nil
	defer func() { r.Body = body }()
	if p, err := serve.Dump(r); err == nil {
		log.Printf("%s", p)
	}
	d.next.Serve(w, r)
}

type keeper struct{ shown }

func (k *keeper) Serve(w *serve.Writer, r *serve.Request) {
	k.last = r // want revescape
	w.Status(200)
}

type bodyKeeper struct{ shown }

func (k *bodyKeeper) Serve(w *serve.Writer, r *serve.Request) {
	k.body = serve.Limit(w, r.Body, 1<<10) // want revescape
	w.Status(200)
}

func logged(next serve.Handler) serve.Handler {
	return serve.HandlerFunc(func(w *serve.Writer, r *serve.Request) {
		log.Print(r.Path)
		next.Serve(w, r)
	})
}

func answeredLater(next serve.Handler) serve.Handler {
	return serve.HandlerFunc(func(w *serve.Writer, r *serve.Request) {
		go next.Serve(w, r) // want revescape
	})
}
