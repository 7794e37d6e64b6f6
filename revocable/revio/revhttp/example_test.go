package revhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"github.com/revlint/revlint/revocable/revio/revhttp"
)

// A plug-in is unloaded from a running server: a request that waits is told, and so is each that comes later.
func ExampleHandler() {
	waiting := make(chan struct{})
	plugin, owner := revhttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			close(waiting)
			<-r.Context().Done()
			return
		}
		_, _ = io.WriteString(w, "hello")
	}))
	s := httptest.NewServer(plugin)
	defer s.Close()
	get := func(path string) string {
		resp, err := http.Get(s.URL + path)
		if err != nil {
			return err.Error()
		}
		defer resp.Body.Close()
		return resp.Status
	}
	fmt.Println(get("/"))
	go func() {
		<-waiting
		owner.Revoke() // when it returns, no code of the plug-in runs
	}()
	fmt.Println(get("/wait"))
	fmt.Println(get("/"))
	// Output:
	// 200 OK
	// 503 Service Unavailable
	// 503 Service Unavailable
}

// What a client keeps of a service that is gone fails, bodies under way too.
func ExampleRoundTripper() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello") }))
	defer s.Close()
	transport, owner := revhttp.RoundTripper(http.DefaultTransport)
	client := &http.Client{Transport: transport}
	resp, err := client.Get(s.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	owner.Revoke()
	_, err = io.ReadAll(resp.Body)
	fmt.Println(err)
	// Output: revio: read: revocable: resource revoked
}
