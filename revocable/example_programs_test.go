package revocable_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"

	"github.com/revlint/revlint/revocable"
)

// A sensor that may be unplugged is served over HTTP. Requests find it, or say that it is gone; none of them is
// ever answered by a sensor that was closed.
func Example_sensorOverHTTP() {
	var plugged atomic.Pointer[revocable.Provider[sensor]] // nil is as good as revoked
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		celsius, err := revocable.Do(plugged.Load().Handle(), func(s *sensor) (float64, error) {
			return s.celsius(), nil
		})
		if err != nil {
			http.Error(w, "no sensor is plugged in", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintf(w, "%.1f °C", celsius)
	}))
	defer server.Close()
	get := func() {
		response, err := http.Get(server.URL)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		fmt.Printf("%d %s\n", response.StatusCode, body[:min(len(body), 23)])
	}

	get()
	plugged.Store(revocable.NewProvider(&sensor{"attic"}, revocable.WithCleanup(func(s *sensor) {
		fmt.Println("closing", s.name)
	})))
	get()
	plugged.Load().Revoke() // unplugged: no request is in it when it is closed
	get()
	// Output:
	// 503 no sensor is plugged in
	// 200 21.5 °C
	// closing attic
	// 503 no sensor is plugged in
}

type tenant struct {
	name string
	rows int
}

// A tenant is evicted: its queries are told at once, and get a little time to end. Who does not end is named, and the
// eviction stays in force: the tenant's data goes when the last query does.
func Example_tenantEviction() {
	provider := revocable.NewProvider(&tenant{name: "acme"},
		revocable.WithCleanup(func(t *tenant) { fmt.Println("data of", t.name, "dropped after", t.rows, "rows") }))
	handle := provider.Handle()

	finish := make(chan struct{})
	begun, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		_ = handle.WithContext(context.Background(), func(ctx context.Context, t *tenant) error {
			close(begun)
			<-ctx.Done() // told at once,
			<-finish     // but stubborn
			t.rows++
			return context.Cause(ctx)
		})
	}()
	<-begun

	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	fmt.Println(provider.RevokeContext(ctx), "-", provider.Stats().Running, "query holds on")
	fmt.Println("new queries:", handle.With(func(*tenant) error { return nil }))
	close(finish)
	<-ended
	// Output:
	// context deadline exceeded - 1 query holds on
	// new queries: revocable: resource revoked
	// data of acme dropped after 1 rows
}

type plugin struct {
	name  string
	calls atomic.Int64
}

func (p *plugin) greet(who string) string {
	p.calls.Add(1)
	return p.name + " greets " + who
}

// A host replaces a plug-in while others call it. Callers keep a handle, never the plug-in; who finds theirs
// gone asks for the present one.
func Example_pluginHost() {
	var current atomic.Pointer[revocable.Provider[plugin]]
	load := func(name string) {
		next := revocable.NewProvider(&plugin{name: name}, revocable.WithCleanup(func(p *plugin) {
			fmt.Println(p.name, "unloaded after", p.calls.Load(), "calls")
		}))
		current.Swap(next).Revoke() // nobody is in the old one any more
	}
	greet := func(h *revocable.Handle[plugin], who string) {
		for {
			text, err := revocable.Do(*h, func(p *plugin) (string, error) { return p.greet(who), nil })
			if err == nil {
				fmt.Println(text)
				return
			}
			*h = current.Load().Handle()
		}
	}

	load("version 1")
	kept := current.Load().Handle()
	greet(&kept, "Ada")
	load("version 2")
	greet(&kept, "Grace")
	// Output:
	// version 1 greets Ada
	// version 1 unloaded after 1 calls
	// version 2 greets Grace
}
