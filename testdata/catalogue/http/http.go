// Package http has the examples for the standard library's net/http.
package http

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
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

// S16: the error of what the server says leaves it open; so does the helper.
func fetchOK(url string) ([]byte, error) {
	resp, err := http.Get(url) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// S16: closed before the error is looked at: resp is nil then.
func fetchAny(url string) ([]byte, error) {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want revnil
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

// S16: the caller of a wrapper owes what it hands out.
func open(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func size(url string) (int64, error) {
	body, err := open(url) // want revleak
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, body)
}

// S16: a helper closes it.
func check(resp *http.Response) error {
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return errors.New(resp.Status)
	}
	_, err := io.Copy(io.Discard, resp.Body)
	return err
}

func checked(t http.RoundTripper, req *http.Request) error {
	resp, err := t.RoundTrip(req)
	if err != nil {
		return err
	}
	return check(resp)
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

// S51: nobody closes the listener that is not served after all.
func serveIf(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr) // want revleak
	if err != nil {
		return err
	}
	if h == nil {
		return errors.New("nothing to serve")
	}
	return http.Serve(l, h)
}

// S51: a server closes the listener that it serves.
func serve(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h)
}

// S65: the connection stays open where nothing can be written.
func upgraded(w http.ResponseWriter, answer string) (net.Conn, error) {
	c, rw, err := http.NewResponseController(w).Hijack() // want revleak
	if err != nil {
		return nil, err
	}
	if _, err := rw.WriteString(answer); err != nil {
		return nil, err
	}
	return c, rw.Flush()
}

// S65: what is left in the buffer is written to a connection that is closed.
func farewell(w http.ResponseWriter, answer string) error {
	h, ok := w.(http.Hijacker)
	if !ok {
		return errors.New("not a connection of one's own")
	}
	c, rw, err := h.Hijack()
	if err != nil {
		return err
	}
	rw.WriteString(answer)
	c.Close()
	return rw.Flush() // want revuse
}

// S65: closed at last.
func talk(w http.ResponseWriter, answer string) error {
	c, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := rw.WriteString(answer); err != nil {
		return err
	}
	return rw.Flush()
}

// S15: w is put into what takes the place of the body, and ends with it.
func limited(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
	}
}

func registerLimited(mux *http.ServeMux) { mux.HandleFunc("/limited", limited) }

// S66: what is asked is whether it is there, and the file that says so stays open.
func ifThere(files http.FileSystem) http.HandlerFunc {
	server := http.FileServer(files)
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := files.Open(r.URL.Path); err != nil { // want revleak
			http.NotFound(w, r)
			return
		}
		server.ServeHTTP(w, r)
	}
}

// S66: closed before it is served.
func ifThereAndClosed(files http.FileSystem) http.HandlerFunc {
	server := http.FileServer(files)
	return func(w http.ResponseWriter, r *http.Request) {
		f, err := files.Open(r.URL.Path)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		f.Close()
		server.ServeHTTP(w, r)
	}
}

// S66: a folder on the disk is closed where it is not wanted.
func index(folder http.Dir, name string) (http.File, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return folder.Open(name + "/index.html")
	}
	return f, nil
}

// S66: served, however many ranges are asked for, and closed.
func serveFile(w http.ResponseWriter, r *http.Request, files http.FileSystem, name string) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	http.ServeContent(w, r, name, info.ModTime(), f)
	return nil
}

// S69: the request is cancelled before anybody reads.
func askedInTime(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req) // want revescape
}

// S69: read first.
func readInTime(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
