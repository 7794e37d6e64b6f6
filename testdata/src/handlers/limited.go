package handlers

import "github.com/revlint/revlint/testdata/src/lib/serve"

// A request and its writer are lent for the same call: what one holds of the
// other does not outlive it.
func limited(next serve.Handler) serve.Handler {
	return serve.HandlerFunc(func(w *serve.Writer, r *serve.Request) {
		r.Body = serve.Limit(w, r.Body, 1<<20)
		next.Serve(w, r)
	})
}

type audit struct{ last *serve.Writer }

// The audit is there when the request is over.
func (a *audit) audited(next serve.Handler) serve.Handler {
	return serve.HandlerFunc(func(w *serve.Writer, r *serve.Request) {
		a.last = w // want revescape
		next.Serve(w, r)
	})
}
