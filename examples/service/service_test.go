package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/revlint/revlint/examples/internal/planted"
	"github.com/revlint/revlint/examples/service/hurried"
	"github.com/revlint/revlint/examples/service/notes"
)

func do(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(b)
}

// Both do what they should when all goes well: that is why nobody sees the mistakes.
func TestNotes(t *testing.T) {
	right, err := notes.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer right.Close()
	t.Run("right", func(t *testing.T) { use(t, right.Routes()) })
	wrong, err := hurried.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer wrong.Close()
	t.Run("hurried", func(t *testing.T) { use(t, wrong.Routes()) })
}

func use(t *testing.T, h http.Handler) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "a page") }))
	defer page.Close()
	s := httptest.NewServer(h)
	defer s.Close()
	for _, step := range []struct {
		method, path, body string
		code               int
		want               string
	}{
		{"POST", "/notes", "buy milk\ncall mum", 200, ""},
		{"PUT", "/notes", "tidy up the attic", 200, ""},
		{"GET", "/notes", "", 200, "buy milk\ncall mum\ntidy up the attic\n"},
		{"GET", "/notes/longest", "", 200, "tidy up the attic"},
		{"POST", "/export/all.txt", "", 200, "36"},
		{"GET", "/preview?url=" + page.URL, "", 200, "a page"},
		{"GET", "/preview?url=" + page.URL, "", 200, "a page"},
	} {
		if code, body := do(t, step.method, s.URL+step.path, step.body); code != step.code || body != step.want {
			t.Errorf("%s %s: %d %q, want %d %q", step.method, step.path, code, body, step.code, step.want)
		}
	}
}

// The first run, without any configuration, finds the twelve mistakes and nothing else.
func TestFirstRun(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "hurried", "../../docs/service.md")
}
