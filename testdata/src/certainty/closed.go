package certainty

import (
	"io"
	"net/http"
	"os"
)

// What is closed may be kept by those who know that.

// The request is the server's, which reads no more of it.
func okBodyOfHijacked(w http.ResponseWriter, r *http.Request) error {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return err
	}
	defer conn.Close()
	r.Body = io.NopCloser(rw)
	return serveBody(r)
}

func serveBody(r *http.Request) error {
	_, err := io.Copy(io.Discard, r.Body)
	return err
}

func badClosedWhenLeft(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f, nil // want revescape
}

type server struct{ body io.Reader }

// What is our own is read later on, for all that is known.
func badKeptBuffer(s *server, w http.ResponseWriter) error {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return err
	}
	defer conn.Close()
	s.body = rw // want revescape
	return nil
}
