package revhttp_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio"
	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// handlers are what handlers do with requests and answers.
var handlers = map[string]http.HandlerFunc{
	"echo": func(w http.ResponseWriter, r *http.Request) {
		if b, err := io.ReadAll(r.Body); err == nil {
			w.Write(b)
		}
	},
	"unread": func(w http.ResponseWriter, r *http.Request) {
		defer r.Body.Close()
		w.Write(payload)
	},
	"half": func(w http.ResponseWriter, r *http.Request) {
		r.Body.Read(make([]byte, 10))
		w.Write(payload)
	},
	"length": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(payload)))
		w.Write(payload)
	},
	"patient": func(w http.ResponseWriter, r *http.Request) {
		w.Write(payload)
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(3 * time.Millisecond):
		}
	},
	"full duplex": func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		w.Write(payload)
		w.(http.Flusher).Flush()
		io.Copy(io.Discard, r.Body)
	},
}

var payload = bytes.Repeat([]byte("0123456789abcdef"), 1000)

// slowly gives its bytes in two parts, so that who reads them sleeps now and then.
type slowly struct {
	io.Reader
	slept bool
}

func (s *slowly) Read(p []byte) (int, error) {
	if n, err := s.Reader.Read(p[:min(len(p), len(payload)/2)]); s.slept || err != nil {
		return n, err
	} else {
		s.slept = true
		time.Sleep(2 * time.Millisecond)
		return n, nil
	}
}

// TestStressOfAServer revokes handlers of all sorts at any moment, again and again, under load over connections that are kept: each answer is
// whole, or 503, or broken, and none is another's; and the other handler of the server always answers, with a context that goes on.
func TestStressOfAServer(t *testing.T) {
	lasts := time.Second
	if testing.Short() {
		lasts = 50 * time.Millisecond
	}
	onBoth(t, func(t *testing.T, http2 bool) {
		sorts := []string{"echo", "unread", "half", "length", "patient"}
		if http2 { // over HTTP/1 the server itself panics when such a handler returns before it has had the whole body (Go 1.26)
			sorts = append(sorts, "full duplex")
		}
		type present struct {
			http.Handler
			owner *revio.Owner
		}
		var now atomic.Pointer[present]
		renew := func() *present {
			h, owner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handlers[r.URL.Query().Get("do")](w, r) }))
			return now.Swap(&present{h, owner})
		}
		renew()
		mux := http.NewServeMux()
		mux.HandleFunc("/revoked", func(w http.ResponseWriter, r *http.Request) { now.Load().ServeHTTP(w, r) })
		mux.HandleFunc("/other", func(w http.ResponseWriter, r *http.Request) {
			if err := r.Context().Err(); err != nil {
				t.Errorf("the other handler's request: %v", err)
			}
			fmt.Fprint(w, "other")
		})
		s := httptest.NewUnstartedServer(mux)
		if s.EnableHTTP2 = http2; http2 {
			s.StartTLS()
		} else {
			s.Start()
		}
		defer s.Close()
		var whole, refused, broken atomic.Int64
		stop := time.Now().Add(lasts)
		var clients sync.WaitGroup
		for i := range 6 {
			clients.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(i), 2))
				for time.Now().Before(stop) {
					if rng.IntN(3) == 0 {
						resp, err := s.Client().Get(s.URL + "/other")
						if err != nil {
							t.Errorf("the other handler: %v", err)
							continue
						}
						b, err := io.ReadAll(resp.Body)
						resp.Body.Close()
						if resp.StatusCode != http.StatusOK || string(b) != "other" || err != nil {
							t.Errorf("the other handler: %d %q, %v", resp.StatusCode, b, err)
						}
						continue
					}
					what := sorts[rng.IntN(len(sorts))]
					var body io.Reader = bytes.NewReader(payload)
					if rng.IntN(2) == 0 {
						body = &slowly{Reader: body}
					}
					resp, err := s.Client().Post(s.URL+"/revoked?do="+strings.ReplaceAll(what, " ", "+"), "text/plain", body)
					if err != nil {
						broken.Add(1)
						continue
					}
					b, err := io.ReadAll(resp.Body)
					resp.Body.Close()
					switch {
					case resp.StatusCode == http.StatusServiceUnavailable && err == nil:
						refused.Add(1)
					case resp.StatusCode != http.StatusOK:
						t.Errorf("%s: %d %.40q, %v", what, resp.StatusCode, b, err)
					case err != nil:
						if broken.Add(1); !bytes.HasPrefix(payload, b) {
							t.Errorf("%s: a broken answer has %.40q", what, b)
						}
					case !bytes.Equal(b, payload):
						t.Errorf("%s: a whole answer has %d bytes: %.40q", what, len(b), b)
					default:
						whole.Add(1)
					}
				}
			})
		}
		for time.Now().Before(stop) {
			time.Sleep(3 * time.Millisecond)
			old := renew()
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			if err := old.owner.RevokeContext(ctx); err != nil {
				t.Errorf("RevokeContext: %v", err)
			}
			cancel()
		}
		clients.Wait()
		if !testing.Short() && (whole.Load() == 0 || refused.Load() == 0 || broken.Load() == 0) {
			t.Errorf("%d whole, %d refused, %d broken: this shows nothing", whole.Load(), refused.Load(), broken.Load())
		}
		t.Logf("%d whole, %d refused, %d broken", whole.Load(), refused.Load(), broken.Load())
	})
}
