package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/examples/internal/planted"
)

func do(t *testing.T, method, url string) (int, string) {
	t.Helper()
	req, _ := http.NewRequest(method, url, nil)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Error(err)
	}
	return resp.StatusCode, string(b)
}

// TestUnloadedUnderLoad: while clients ask all the time, the plug-in is replaced and unloaded. Each answer is a whole one of
// some version, or says that there is none.
func TestUnloadedUnderLoad(t *testing.T) {
	s := httptest.NewServer(new(host).routes())
	defer s.Close()
	url := s.URL + "/plugins/echo"
	whole := regexp.MustCompile(`^version \d+ says hello\n$`)
	var answered, refused atomic.Int64
	stop := make(chan struct{})
	var clients sync.WaitGroup
	for range 4 {
		clients.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				switch code, body := do(t, "GET", url+"/hello"); code {
				case http.StatusOK:
					if !whole.MatchString(body) {
						t.Errorf("answered %q", body)
					}
					answered.Add(1)
				case http.StatusNotFound, http.StatusServiceUnavailable:
					refused.Add(1)
				default:
					t.Errorf("answered %d %q", code, body)
				}
			}
		})
	}
	for i := 0; i < 50 || answered.Load() == 0 || refused.Load() == 0; i++ {
		if code, body := do(t, "PUT", url); code != http.StatusNoContent {
			t.Fatalf("loading: %d %s", code, body)
		}
		if i%3 == 2 {
			if code, body := do(t, "DELETE", url); code != http.StatusNoContent {
				t.Fatalf("unloading: %d %s", code, body)
			}
			time.Sleep(time.Millisecond)
		}
	}
	close(stop)
	clients.Wait()
	t.Logf("%d answered, %d refused", answered.Load(), refused.Load())
}

// TestWaitingRequestIsWoken: a request that would wait for ever does not hold the unloading up, and is told.
func TestWaitingRequestIsWoken(t *testing.T) {
	h := new(host)
	s := httptest.NewServer(h.routes())
	defer s.Close()
	url := s.URL + "/plugins/echo"
	waiting := make(chan struct{})
	if err := h.load(t.Context(), "echo", func(version int) *plugin {
		p := echo(version)
		serve := p.Handler
		p.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(waiting)
			serve.ServeHTTP(w, r)
		})
		return p
	}); err != nil {
		t.Fatal(err)
	}
	answers := make(chan int)
	go func() {
		code, _ := do(t, "GET", url+"/wait")
		answers <- code
	}()
	<-waiting
	if code, body := do(t, "DELETE", url); code != http.StatusNoContent { // it ends within the host's patience
		t.Errorf("unloading: %d %s", code, body)
	}
	if code := <-answers; code != http.StatusServiceUnavailable {
		t.Errorf("answered %d", code)
	}
	if code, body := do(t, "GET", url+"/hello"); code != http.StatusNotFound || !strings.Contains(body, "no such plug-in") {
		t.Errorf("then: %d %s", code, body)
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/plugins.md")
}
