// Package http has the examples for the standard library's net/http.
package http

import (
	"io"
	"net/http"
)

type audit struct{ last io.Reader }

// S15: the body is closed once ServeHTTP returns.
func (a *audit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.last = r.Body // want revescape
	w.WriteHeader(http.StatusNoContent)
}

// S15: w is used by a goroutine that the handler does not wait for.
func later(w http.ResponseWriter, r *http.Request) {
	go func() { // want revescape
		io.WriteString(w, "late")
	}()
}

type echo struct{}

// S15: all done before the handler returns.
func (echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(w, r.Body)
	}()
	<-done
}

func register(mux *http.ServeMux) {
	mux.Handle("/audit", new(audit))
	mux.Handle("/echo", echo{})
	mux.HandleFunc("/later", later)
}

// S16: the body is not closed.
func status(c *http.Client, req *http.Request) (int, error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// S16: read after it was closed.
func closed(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return io.ReadAll(resp.Body) // want revuse
}

// S16: closed at the end.
func fetch(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
