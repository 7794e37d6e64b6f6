package history

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"strings"
	"time"
)

// syncthing/syncthing d7108749: an answer of a gateway that cannot be read to its end stays open.
func syncthingSoapBefore(c *http.Client, req *http.Request) (answer []byte, err error) {
	r, err := c.Do(req) // want revleak
	if err != nil {
		return answer, err
	}
	answer, err = io.ReadAll(r.Body)
	if err != nil {
		return answer, err
	}
	r.Body.Close()
	if r.StatusCode >= 400 {
		return answer, errStatus
	}
	return answer, nil
}

func syncthingSoapAfter(c *http.Client, req *http.Request) (answer []byte, err error) {
	r, err := c.Do(req)
	if err != nil {
		return answer, err
	}
	defer r.Body.Close()
	answer, err = io.ReadAll(r.Body)
	if err != nil {
		return answer, err
	}
	if r.StatusCode >= 400 {
		return answer, errStatus
	}
	return answer, nil
}

type syncthingGetter interface {
	Get(ctx context.Context, url string) (*http.Response, error)
}

type syncthingChecking struct{ inner syncthingGetter }

func (c *syncthingChecking) check(r *http.Response) error {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return errStatus
	}
	return nil
}

// syncthing/syncthing d7108749: an answer of somebody else is turned down, and its body stays open.
func (c *syncthingChecking) getBefore(ctx context.Context, url string) (*http.Response, error) {
	r, err := c.inner.Get(ctx, url) // want revleak
	if err != nil {
		return nil, err
	}
	if err := c.check(r); err != nil {
		return nil, err
	}
	return r, nil
}

func (c *syncthingChecking) getAfter(ctx context.Context, url string) (*http.Response, error) {
	r, err := c.inner.Get(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := c.check(r); err != nil {
		r.Body.Close()
		return nil, err
	}
	return r, nil
}

// syncthing/syncthing#10704: source that is not there leaves the body open.
func syncthingSourceBefore(c *http.Client, url string) [][]byte {
	resp, err := c.Get(url) // want revleak
	if err != nil {
		return nil
	}
	if resp.StatusCode != http.StatusOK {
		fmt.Println("loading:", resp.Status)
		return nil
	}
	data, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil
	}
	return bytes.Split(data, []byte{'\n'})
}

func syncthingSourceAfter(c *http.Client, url string) [][]byte {
	resp, err := c.Get(url)
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		fmt.Println("loading:", resp.Status)
		return nil
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil
	}
	return bytes.Split(data, []byte{'\n'})
}

func resticDrain(resp *http.Response) error {
	_, err := io.Copy(io.Discard, resp.Body)
	cerr := resp.Body.Close()
	if err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	return cerr
}

// restic/restic ae8fdb08: a range that is not as long as it was asked for leaves the body open.
func resticRangeBefore(ctx context.Context, c *http.Client, url string, length int) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusPartialContent {
		_ = resticDrain(resp)
		return nil, errStatus
	}
	if length > 0 && resp.ContentLength != int64(length) {
		return nil, errStatus
	}
	return resp.Body, nil
}

func resticRangeAfter(ctx context.Context, c *http.Client, url string, length int) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusPartialContent {
		_ = resticDrain(resp)
		return nil, errStatus
	}
	if length > 0 && resp.ContentLength != int64(length) {
		_ = resticDrain(resp)
		return nil, errStatus
	}
	return resp.Body, nil
}

// restic/restic b1a8fd1d: a repository that is not created leaves the body of the answer.
func resticCreateBefore(c *http.Client, url string) error {
	resp, err := c.Post(url, "binary/octet-stream", strings.NewReader("")) // want revleak
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	_, err = io.Copy(io.Discard, resp.Body)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func resticCreateAfter(c *http.Client, url string) error {
	resp, err := c.Post(url, "binary/octet-stream", strings.NewReader(""))
	if err != nil {
		return err
	}
	if err := resticDrain(resp); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return errStatus
	}
	return nil
}

// etcd-io/etcd 2e70188d: a peer that refuses the stream and whose reason cannot be read leaves the body.
func etcdStreamBefore(c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusPreconditionFailed:
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, err
		}
		resp.Body.Close()
		return nil, fmt.Errorf("refused: %s", strings.TrimSuffix(string(b), "\n"))
	default:
		resp.Body.Close()
		return nil, errStatus
	}
}

func etcdStreamAfter(c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusPreconditionFailed:
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			resp.Body.Close()
			return nil, err
		}
		resp.Body.Close()
		return nil, fmt.Errorf("refused: %s", strings.TrimSuffix(string(b), "\n"))
	default:
		resp.Body.Close()
		return nil, errStatus
	}
}

// etcd-io/etcd bc31162c: an answer is read, and never closed.
func etcdLockWriteBefore(url string, data []byte) error {
	resp, err := http.Post(url, "application/json", bytes.NewReader(data)) // want revleak
	if err != nil {
		log.Fatalf("failed to send request: %s", err)
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		log.Fatalf("failed to read: %s", err)
	}
	var answer struct{ Err string }
	if err := json.Unmarshal(b, &answer); err != nil {
		log.Fatalf("failed to decode: %s", err)
	}
	if answer.Err != "" {
		return fmt.Errorf("storage: %s", answer.Err)
	}
	return nil
}

func etcdLockWriteAfter(url string, data []byte) error {
	resp, err := http.Post(url, "application/json", bytes.NewReader(data))
	if err != nil {
		log.Fatalf("failed to send request: %s", err)
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		log.Fatalf("failed to read: %s", err)
	}
	resp.Body.Close()
	var answer struct{ Err string }
	if err := json.Unmarshal(b, &answer); err != nil {
		log.Fatalf("failed to decode: %s", err)
	}
	if answer.Err != "" {
		return fmt.Errorf("storage: %s", answer.Err)
	}
	return nil
}

// containerd/containerd 0a240ff8: a profile that cannot be had leaves the body.
func containerdProfileBefore(c *http.Client, request string) (io.ReadCloser, error) {
	resp, err := c.Get("http://." + request) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != 200 {
		return nil, fmt.Errorf("failed with status %s", resp.Status)
	}
	return resp.Body, nil
}

func containerdProfileAfter(c *http.Client, request string) (io.ReadCloser, error) {
	resp, err := c.Get("http://." + request)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != 200 {
		resp.Body.Close()
		return nil, fmt.Errorf("failed with status %s", resp.Status)
	}
	return resp.Body, nil
}

// containerdAuthorizer is told what was answered, and may keep it.
type containerdAuthorizer interface {
	AddResponses(ctx context.Context, responses []*http.Response) error
}

func containerdDo(ctx context.Context, c *http.Client, a containerdAuthorizer, req *http.Request, responses []*http.Response) (*http.Response, error) {
	resp, err := c.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	responses = append(responses, resp)
	if resp.StatusCode == http.StatusUnauthorized && len(responses) < 5 {
		if err := a.AddResponses(ctx, responses); err != nil {
			resp.Body.Close()
			return nil, err
		}
		resp.Body.Close()
		return containerdDo(ctx, c, a, req, responses)
	}
	return resp, nil
}

// containerd/containerd 53ec1abe: the answer to the question whether a blob is there stays open, whatever it is.
// Whoever authorizes gets each answer, too, behind an interface, and might keep it.
func containerdPushBefore(ctx context.Context, c *http.Client, a containerdAuthorizer, head, put *http.Request, noAuth func(error) bool) error {
	resp, err := containerdDo(ctx, c, a, head, nil) // missed: revleak
	if err != nil {
		if !noAuth(err) {
			return err
		}
		log.Print("unable to check, continuing")
	} else {
		if resp.StatusCode == http.StatusOK {
			if resp.Header.Get("Docker-Content-Digest") != "" {
				return errStatus
			}
		} else if resp.StatusCode != http.StatusNotFound {
			return errStatus
		}
	}
	resp, err = containerdDo(ctx, c, a, put, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

func containerdPushAfter(ctx context.Context, c *http.Client, a containerdAuthorizer, head, put *http.Request, noAuth func(error) bool) error {
	resp, err := containerdDo(ctx, c, a, head, nil)
	if err != nil {
		if !noAuth(err) {
			return err
		}
		log.Print("unable to check, continuing")
	} else {
		if resp.StatusCode == http.StatusOK {
			if resp.Header.Get("Docker-Content-Digest") != "" {
				resp.Body.Close()
				return errStatus
			}
		} else if resp.StatusCode != http.StatusNotFound {
			resp.Body.Close()
			return errStatus
		}
		resp.Body.Close()
	}
	resp, err = containerdDo(ctx, c, a, put, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

// containerd/containerd 67d07fe5: a range that begins elsewhere leaves the body. Whoever authorizes might have
// kept it.
func containerdOpenBefore(ctx context.Context, c *http.Client, a containerdAuthorizer, req *http.Request, offset int64) (io.ReadCloser, error) {
	resp, err := containerdDo(ctx, c, a, req, nil) // missed: revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode > 299 {
		defer resp.Body.Close()
		return nil, errStatus
	}
	if offset > 0 {
		if cr := resp.Header.Get("Content-Range"); cr != "" {
			if !strings.HasPrefix(cr, fmt.Sprintf("bytes %d-", offset)) {
				return nil, fmt.Errorf("unhandled range %s", cr)
			}
		} else {
			n, err := io.CopyN(io.Discard, resp.Body, offset)
			if err != nil {
				return nil, err
			}
			if n != offset {
				return nil, errStatus
			}
		}
	}
	return resp.Body, nil
}

func containerdOpenAfter(ctx context.Context, c *http.Client, a containerdAuthorizer, req *http.Request, offset int64) (_ io.ReadCloser, retErr error) {
	resp, err := containerdDo(ctx, c, a, req, nil)
	if err != nil {
		return nil, err
	}
	defer func() {
		if retErr != nil {
			resp.Body.Close()
		}
	}()
	if resp.StatusCode > 299 {
		return nil, errStatus
	}
	if offset > 0 {
		if cr := resp.Header.Get("Content-Range"); cr != "" {
			if !strings.HasPrefix(cr, fmt.Sprintf("bytes %d-", offset)) {
				return nil, fmt.Errorf("unhandled range %s", cr)
			}
		} else {
			n, err := io.CopyN(io.Discard, resp.Body, offset)
			if err != nil {
				return nil, err
			}
			if n != offset {
				return nil, errStatus
			}
		}
	}
	return resp.Body, nil
}

type distributionReader struct {
	client *http.Client
	url    string
	offset int64
	rc     io.ReadCloser
	failed func(*http.Response) error
}

// distribution/distribution 19934b8f: a reader that cannot decode what it is sent leaves the body.
func (r *distributionReader) readerBefore() (io.Reader, error) {
	if r.rc != nil {
		return r.rc, nil
	}
	resp, err := r.client.Get(r.url) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 200 && resp.StatusCode <= 399 {
		if r.offset > 0 && resp.StatusCode != http.StatusPartialContent {
			return nil, errStatus
		}
		switch resp.Header.Get("Content-Encoding") {
		case "", "identity":
		default:
			return nil, errStatus
		}
		r.rc = resp.Body
	} else {
		defer resp.Body.Close()
		if r.failed != nil {
			return nil, r.failed(resp)
		}
		return nil, errStatus
	}
	return r.rc, nil
}

func (r *distributionReader) readerAfter() (_ io.Reader, retErr error) {
	if r.rc != nil {
		return r.rc, nil
	}
	resp, err := r.client.Get(r.url)
	if err != nil {
		return nil, err
	}
	defer func() {
		if retErr != nil {
			_ = resp.Body.Close()
		}
	}()
	if resp.StatusCode >= 200 && resp.StatusCode <= 399 {
		if r.offset > 0 && resp.StatusCode != http.StatusPartialContent {
			return nil, errStatus
		}
		switch resp.Header.Get("Content-Encoding") {
		case "", "identity":
		default:
			return nil, errStatus
		}
		r.rc = resp.Body
	} else {
		if r.failed != nil {
			defer resp.Body.Close()
			return nil, r.failed(resp)
		}
		return nil, errStatus
	}
	return r.rc, nil
}

// distribution/distribution 75b5a1b1: a tag that is looked up leaves the body, once for each way of asking.
func distributionTagBefore(c *http.Client, u string) (string, error) {
	req, err := http.NewRequest(http.MethodHead, u, nil)
	if err != nil {
		return "", err
	}
	attempts := 0
	resp, err := c.Do(req) // want revleak
check:
	if err != nil {
		return "", err
	}
	switch {
	case resp.StatusCode >= 200 && resp.StatusCode < 400:
		return resp.Header.Get("Docker-Content-Digest"), nil
	case resp.StatusCode == http.StatusMethodNotAllowed:
		req, err = http.NewRequest(http.MethodGet, u, nil)
		if err != nil {
			return "", err
		}
		resp, err = c.Do(req) // want revleak
		attempts++
		if attempts > 1 {
			return "", err
		}
		goto check
	default:
		return "", errStatus
	}
}

func distributionTagAfter(c *http.Client, u string) (string, error) {
	req, err := http.NewRequest(http.MethodHead, u, nil)
	if err != nil {
		return "", err
	}
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode >= 200 && resp.StatusCode < 400:
		return resp.Header.Get("Docker-Content-Digest"), nil
	default:
		return "", errStatus
	}
}

func rcloneStatus(res *http.Response, err error) error {
	if err != nil {
		return err
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		_ = res.Body.Close()
		return errStatus
	}
	return nil
}

func rcloneClose(c io.Closer, err *error) {
	cerr := c.Close()
	if *err == nil {
		*err = cerr
	}
}

// rclone/rclone bb5ac8ef: a folder that is not there leaves the body.
func rcloneListBefore(c *http.Client, url string) (names []string, err error) {
	res, err := c.Get(url) // want revleak
	if err == nil && res.StatusCode == http.StatusNotFound {
		return nil, errStatus
	}
	err = rcloneStatus(res, err)
	if err != nil {
		return nil, err
	}
	defer rcloneClose(res.Body, &err)
	err = json.NewDecoder(res.Body).Decode(&names)
	return names, err
}

func rcloneListAfter(c *http.Client, url string) (names []string, err error) {
	res, err := c.Get(url)
	if err == nil {
		defer rcloneClose(res.Body, &err)
		if res.StatusCode == http.StatusNotFound {
			return nil, errStatus
		}
	}
	err = rcloneStatus(res, err)
	if err != nil {
		return nil, err
	}
	err = json.NewDecoder(res.Body).Decode(&names)
	return names, err
}

// influxdata/telegraf#14604: the body is closed, and then read for the reason of a failure.
func telegrafLokiBefore(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	_ = resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		body, _ := io.ReadAll(resp.Body) // want revuse
		return fmt.Errorf("status %d: %s", resp.StatusCode, body)
	}
	return nil
}

func telegrafLokiAfter(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		body, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("status %d: %s", resp.StatusCode, body)
	}
	return nil
}

// VictoriaMetrics/VictoriaMetrics d66b7a22: an answer that is tried at another backend, or that nobody
// waits for any more, stays open.
func victoriaProxyBefore(rt http.RoundTripper, w http.ResponseWriter, r, req *http.Request, retry []int) (done bool) {
	res, err := rt.RoundTrip(req) // want revleak
	if r.Context().Err() != nil {
		return true
	}
	if err != nil {
		return false
	}
	if slices.Contains(retry, res.StatusCode) {
		return false
	}
	w.WriteHeader(res.StatusCode)
	_, err = io.Copy(w, res.Body)
	_ = res.Body.Close()
	return err == nil
}

func victoriaProxyAfter(rt http.RoundTripper, w http.ResponseWriter, r, req *http.Request, retry []int) (done bool) {
	res, err := rt.RoundTrip(req)
	if err == nil {
		defer func() { _ = res.Body.Close() }()
	}
	if r.Context().Err() != nil {
		return true
	}
	if err != nil {
		return false
	}
	if slices.Contains(retry, res.StatusCode) {
		return false
	}
	w.WriteHeader(res.StatusCode)
	_, err = io.Copy(w, res.Body)
	return err == nil
}

// VictoriaMetrics/VictoriaMetrics 21c06e86: the answer to a ping stays open.
func victoriaPingBefore(c *http.Client, url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("bad status code: %d", resp.StatusCode)
	}
	return nil
}

func victoriaPingAfter(c *http.Client, url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("bad status code: %d", resp.StatusCode)
	}
	return nil
}

// prometheus/prometheus#4915: applications that are discovered leave the body.
func prometheusAppsBefore(c *http.Client, req *http.Request) (apps []string, err error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		return nil, errStatus
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	return apps, json.Unmarshal(body, &apps)
}

func prometheusAppsAfter(c *http.Client, req *http.Request) (apps []string, err error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode >= 300 {
		return nil, errStatus
	}
	err = json.NewDecoder(resp.Body).Decode(&apps)
	return apps, err
}

// moby/buildkit 739a8a76: what is asked for its date alone stays open where it has not changed.
func buildkitMetadataBefore(c *http.Client, req *http.Request, etag string) (string, error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return "", err
	}
	if resp.StatusCode < 200 || resp.StatusCode >= 400 {
		return "", errStatus
	}
	if resp.StatusCode == http.StatusNotModified {
		if resp.Header.Get("Etag") == "" && etag == "" {
			return "", errStatus
		}
		resp.Body.Close()
		return etag, nil
	}
	return resp.Header.Get("Etag"), nil
}

func buildkitMetadataAfter(c *http.Client, req *http.Request, etag string) (string, error) {
	resp, err := c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode >= 400 {
		return "", errStatus
	}
	if resp.StatusCode == http.StatusNotModified {
		if resp.Header.Get("Etag") == "" && etag == "" {
			return "", errStatus
		}
		return etag, nil
	}
	return resp.Header.Get("Etag"), nil
}

type harborClient struct{ inner *http.Client }

func (c *harborClient) Do(method, path string, body io.Reader) (*http.Response, error) {
	req, err := http.NewRequest(method, "https://hub.example.com"+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "JWT")
	return c.inner.Do(req)
}

// goharbor/harbor#16820: the answer to a deletion is read, and stays open.
func harborDeleteBefore(c *harborClient, path string) error {
	resp, err := c.Do(http.MethodDelete, path, nil) // want revleak
	if err != nil {
		return err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("%d -- %s", resp.StatusCode, body)
	}
	return nil
}

func harborDeleteAfter(c *harborClient, path string) error {
	resp, err := c.Do(http.MethodDelete, path, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("%d -- %s", resp.StatusCode, body)
	}
	return nil
}

func caddyAttempt(c *http.Client, req *http.Request) (*http.Response, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, fmt.Errorf("calling: %w", err)
	} else if resp.StatusCode < 200 || resp.StatusCode > 499 {
		resp.Body.Close()
		return nil, errStatus
	}
	return resp, nil
}

// caddyserver/caddy#5159: an answer that came is asked for ten times, and nine of them stay open.
func caddyLoadBefore(ctx context.Context, c *http.Client, req *http.Request) (*http.Response, error) {
	var resp *http.Response
	var err error
	const tries = 10
	for i := 0; i < tries; i++ {
		resp, err = caddyAttempt(c, req) // want revleak
		if err != nil && i < tries-1 {
			select {
			case <-time.After(500 * time.Millisecond):
			case <-ctx.Done():
				return resp, ctx.Err()
			}
		}
	}
	return resp, err
}

func caddyLoadAfter(ctx context.Context, c *http.Client, req *http.Request) (*http.Response, error) {
	var resp *http.Response
	var err error
	const tries = 10
	for i := 0; i < tries; i++ {
		resp, err = caddyAttempt(c, req)
		if err != nil && i < tries-1 {
			select {
			case <-time.After(500 * time.Millisecond):
			case <-ctx.Done():
				return resp, ctx.Err()
			}
		} else {
			break
		}
	}
	return resp, err
}
