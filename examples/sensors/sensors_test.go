//go:build unix

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/revlint/revlint/examples/internal/planted"
	"github.com/revlint/revlint/revocable/registry"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// until asks again until the answer is as wanted.
func until(t *testing.T, url string, code int, text string) {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		got, body := get(t, url)
		if got == code && strings.Contains(body, text) {
			return
		}
		if time.Since(begun) > time.Minute {
			t.Fatalf("%s: %d %q, want %d %q", url, got, body, code, text)
		}
	}
}

// TestPluggedInAndOut: a client streams events while a sensor is plugged in, read, pulled, and plugged in again; in the end
// nothing is left.
func TestPluggedInAndOut(t *testing.T) {
	before := runtime.NumGoroutine()
	var r registry.Registry
	s := httptest.NewServer(service(&r))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", s.URL+"/events", nil)
	stream, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	lines := bufio.NewScanner(stream.Body)
	next := func() (event string) {
		for lines.Scan() {
			if kind, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				event = kind
			}
			if name, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return event + " " + name
			}
		}
		return "the end"
	}
	until(t, s.URL+"/sensors/attic", http.StatusNotFound, "")
	for round := range 3 {
		board, tty, err := plug()
		if err != nil {
			t.Skipf("no pseudo-terminals here: %v", err)
		}
		d, err := attach(&r, "attic", tty)
		if err != nil {
			t.Fatal(err)
		}
		if got := next(); got != "arrived sensors/attic" {
			t.Errorf("event %q", got)
		}
		fmt.Fprintf(board, "2%d.5\n", round)
		until(t, s.URL+"/sensors/attic", http.StatusOK, fmt.Sprintf(`"celsius":2%d.5`, round))
		until(t, s.URL+"/", http.StatusOK, fmt.Sprintf("sensors/attic<td>2%d.5 °C", round))
		if round == 1 { // taken away by the host, with the reader asleep
			if err := d.Unbind(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		board.Close()
		for _, want := range []string{"leaving sensors/attic", "gone sensors/attic"} {
			if got := next(); got != want {
				t.Errorf("event %q, want %q", got, want)
			}
		}
		until(t, s.URL+"/sensors/attic", http.StatusNotFound, "")
		if err := d.Unbind(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	stream.Body.Close()
	s.Close()
	http.DefaultClient.CloseIdleConnections()
	for begun := time.Now(); runtime.NumGoroutine() > before; time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("%d goroutines are left", runtime.NumGoroutine()-before)
		}
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/sensors.md")
}
