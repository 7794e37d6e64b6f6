package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

var errStatus = errors.New("unexpected status")

// coreos/etcd-operator#127: a watch that is answered with another status than 200 leaves the body open.
func etcdOperatorWatchBefore(c *http.Client, url string, events chan<- string, failed chan<- error) {
	go func() {
		for {
			resp, err := c.Get(url) // want revleak
			if err != nil {
				failed <- err
				return
			}
			if resp.StatusCode != http.StatusOK {
				failed <- errStatus
				return
			}
			dec := json.NewDecoder(resp.Body)
			var event string
			for dec.Decode(&event) == nil {
				events <- event
			}
			resp.Body.Close()
		}
	}()
}

func etcdOperatorWatchAfter(c *http.Client, url string, events chan<- string, failed chan<- error) {
	go func() {
		for {
			resp, err := c.Get(url)
			if err != nil {
				failed <- err
				return
			}
			if resp.StatusCode != http.StatusOK {
				resp.Body.Close()
				failed <- errStatus
				return
			}
			dec := json.NewDecoder(resp.Body)
			var event string
			for dec.Decode(&event) == nil {
				events <- event
			}
			resp.Body.Close()
		}
	}()
}

// golang/groupcache#13: the body of a peer that answers with an error stays open.
func groupcachePeerBefore(tr http.RoundTripper, req *http.Request) ([]byte, error) {
	res, err := tr.RoundTrip(req) // want revleak
	if err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("server returned: %v", res.Status)
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

func groupcachePeerAfter(tr http.RoundTripper, req *http.Request) ([]byte, error) {
	res, err := tr.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("server returned: %v", res.Status)
	}
	return io.ReadAll(res.Body)
}

// google/gnostic#117: the body is closed where the status is 200 only.
func gnosticFetchBefore(url string) ([]byte, error) {
	response, err := http.Get(url) // want revleak
	if err != nil {
		return nil, err
	}
	if response.StatusCode != 200 {
		return nil, fmt.Errorf("error downloading %s: %s", url, response.Status)
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

func gnosticFetchAfter(url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		return nil, fmt.Errorf("error downloading %s: %s", url, response.Status)
	}
	return io.ReadAll(response.Body)
}

// luxRequest is how lux asks for everything.
func luxRequest(method, url string) (*http.Response, error) {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return nil, err
	}
	c := &http.Client{Timeout: 15 * time.Minute}
	var res *http.Response
	for range 3 {
		if res, err = c.Do(req); err == nil && res.StatusCode < 400 {
			return res, nil
		}
		if err == nil {
			res.Body.Close()
		}
	}
	return nil, errStatus
}

// iawia002/lux#832: who wants the header alone leaves the body to nobody.
func luxHeadersBefore(url string) (http.Header, error) {
	res, err := luxRequest(http.MethodGet, url) // want revleak
	if err != nil {
		return nil, err
	}
	return res.Header, nil
}

func luxHeadersAfter(url string) (http.Header, error) {
	res, err := luxRequest(http.MethodGet, url)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return res.Header, nil
}

// mailjetClient is what the client asks for, so that tests can give it another.
type mailjetClient interface {
	Do(req *http.Request) (*http.Response, error)
	SetTimeout(d time.Duration)
}

// mailjet/mailjet-apiv3-go#112: the answer is decoded, and its body never closed.
func mailjetSendBefore(c mailjetClient, req *http.Request, into any) error {
	r, err := c.Do(req) // want revleak
	if err != nil {
		return err
	}
	dec := json.NewDecoder(r.Body)
	switch r.StatusCode {
	case http.StatusOK:
		return dec.Decode(into)
	default:
		var why struct{ Message string }
		if err := dec.Decode(&why); err != nil {
			return err
		}
		return errors.New(why.Message)
	}
}

func mailjetSendAfter(c mailjetClient, req *http.Request, into any) error {
	r, err := c.Do(req)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	dec := json.NewDecoder(r.Body)
	switch r.StatusCode {
	case http.StatusOK:
		return dec.Decode(into)
	default:
		var why struct{ Message string }
		if err := dec.Decode(&why); err != nil {
			return err
		}
		return errors.New(why.Message)
	}
}

// flynn f7df7647: each round of waiting for a service that is not healthy leaves a body open.
func flynnStatusBefore(req *http.Request, timeout <-chan time.Time) error {
	for {
		res, err := http.DefaultClient.Do(req) // want revleak
		if err == nil && res.StatusCode == 200 {
			return nil
		}
		select {
		case <-time.After(time.Second):
			continue
		case <-timeout:
		}
		if err != nil {
			return err
		}
		var status struct{ Detail string }
		if err := json.NewDecoder(res.Body).Decode(&status); err != nil {
			return err
		}
		res.Body.Close()
		return errors.New(status.Detail)
	}
}

func flynnStatusAfter(req *http.Request, timeout <-chan time.Time) error {
	for {
		res, err := http.DefaultClient.Do(req)
		if err == nil && res.StatusCode == 200 {
			res.Body.Close()
			return nil
		}
		var status struct{ Detail string }
		if err == nil {
			err = json.NewDecoder(res.Body).Decode(&status)
			res.Body.Close()
			if err != nil {
				return err
			}
		}
		select {
		case <-time.After(time.Second):
			continue
		case <-timeout:
		}
		if err != nil {
			return err
		}
		return errors.New(status.Detail)
	}
}

// istio/istio#34409: what is deferred counts the failure, and does not close the body.
func istioFetchBefore(c *http.Client, url string, failures *int) (data []byte, err error) {
	defer func() {
		if err != nil {
			*failures++
		}
	}()
	resp, err := c.Get(url) // want revleak
	if err != nil {
		return nil, err
	}
	data, err = io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, errStatus
	}
	return data, resp.Body.Close()
}

func istioFetchAfter(c *http.Client, url string, failures *int) (data []byte, err error) {
	defer func() {
		if err != nil {
			*failures++
		}
	}()
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err = io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, errStatus
	}
	return data, nil
}

// cloudprober/cloudprober#1476: a body that cannot be read to its end is not closed.
func cloudproberProbeBefore(c *http.Client, req *http.Request, validate func([]byte) bool) (bool, error) {
	resp, err := c.Do(req) // want revleak
	if err != nil {
		return false, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	return validate(body), nil
}

func cloudproberProbeAfter(c *http.Client, req *http.Request, validate func([]byte) bool) (bool, error) {
	resp, err := c.Do(req)
	if err != nil {
		return false, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		resp.Body.Close()
		return false, err
	}
	resp.Body.Close()
	return validate(body), nil
}
