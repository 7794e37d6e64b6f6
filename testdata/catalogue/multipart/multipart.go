// Package multipart has the examples for the standard library's mime/multipart.
package multipart

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"os"
)

// S62: the last part has no end.
func unfinished(url, name string, text []byte) (*http.Request, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body) // want revleak
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return nil, err
	}
	if _, err := part.Write(text); err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodPost, url, &body)
}

// S62: closed before the body is read.
func finished(url, name string, text []byte) (*http.Request, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return nil, err
	}
	if _, err := part.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodPost, url, &body)
}

// S62: pictures follow one another until the reader has gone.
func pictures(w http.ResponseWriter, next func() []byte) {
	m := multipart.NewWriter(w)
	for {
		part, err := m.CreatePart(nil)
		if err != nil {
			return
		}
		if _, err := part.Write(next()); err != nil {
			return
		}
	}
}

// S75: the file stays open.
func firstPart(name, boundary string) (string, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return "", err
	}
	p, err := multipart.NewReader(f, boundary).NextPart()
	if err != nil {
		return "", err
	}
	return p.FormName(), nil
}

// S75: it is closed by whoever opened it.
func firstPartAndClose(name, boundary string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	p, err := multipart.NewReader(f, boundary).NextPart()
	if err != nil {
		return "", err
	}
	return p.FormName(), nil
}
