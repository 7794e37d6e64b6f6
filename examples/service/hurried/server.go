package hurried

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// Serve serves the notes at an address that is not the world's.
func (s *Service) Serve(address string) error {
	l, err := net.Listen("tcp", address) // want revleak
	if err != nil {
		return err
	}
	if !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
		return errors.New("notes are private: listen on a loopback address")
	}
	return http.Serve(l, s.Routes())
}

// Routes are what the service answers to.
func (s *Service) Routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /notes", func(w http.ResponseWriter, r *http.Request) {
		text, err := s.Render(r.Context())
		answer(w, text, err)
	})
	mux.HandleFunc("POST /notes", func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
		if err == nil {
			err = s.Add(r.Context(), strings.Split(strings.TrimSpace(string(text)), "\n")...)
		}
		answer(w, nil, err)
	})
	mux.HandleFunc("PUT /notes", func(w http.ResponseWriter, r *http.Request) {
		answer(w, nil, s.Import(r.Context(), http.MaxBytesReader(w, r.Body, 1<<20)))
	})
	mux.HandleFunc("GET /notes/longest", func(w http.ResponseWriter, r *http.Request) {
		text, err := s.Longest(r.Context())
		answer(w, text, err)
	})
	mux.HandleFunc("POST /export/{name}", func(w http.ResponseWriter, r *http.Request) {
		size, err := s.Export(r.Context(), r.PathValue("name"))
		answer(w, fmt.Append(nil, size), err)
	})
	mux.HandleFunc("GET /preview", func(w http.ResponseWriter, r *http.Request) {
		url := r.FormValue("url")
		if err := s.Hit(url); err != nil {
			answer(w, nil, err)
			return
		}
		page, err := s.Preview(r.Context(), url)
		answer(w, page, err)
	})
	return mux
}

func answer(w http.ResponseWriter, text []byte, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(text)
}
