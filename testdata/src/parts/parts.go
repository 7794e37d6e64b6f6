// Package parts has debts on a part of what was returned: they go where the whole
// goes.
package parts

import "github.com/revlint/revlint/testdata/src/lib/web"

func fetch(url string) (*web.Response, error) { return web.Get(url) }

func fetchChecked(url string) (*web.Response, error) {
	resp, err := web.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.Status != 200 {
		resp.Body.Close()
		return nil, web.ErrNone
	}
	return resp, nil
}

func fetchLeaky(url string) (*web.Response, error) {
	resp, err := web.Get(url) // want revleak
	if err != nil {
		return nil, err
	}
	if resp.Status != 200 {
		return nil, web.ErrNone
	}
	return resp, nil
}

func status(url string) (int, error) {
	resp, err := fetch(url) // want revleak
	if err != nil {
		return 0, err
	}
	return resp.Status, nil
}

func closed(url string) (int, error) {
	resp, err := fetchChecked(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.Status, nil
}

type client struct{ last *web.Response }

func (c *client) load(url string) (err error) {
	c.last, err = web.Get(url)
	return err
}

func (c *client) keep(url string) error {
	resp, err := web.Get(url)
	if err != nil {
		return err
	}
	c.last = resp
	return nil
}

var latest *web.Response

func remember(url string) {
	resp, err := web.Get(url)
	if err != nil {
		return
	}
	latest = resp
}

func sent(url string, to chan<- *web.Response) {
	resp, err := web.Get(url)
	if err != nil {
		return
	}
	to <- resp
}

type wrapped struct {
	resp *web.Response
	n    int
}

func wrap(url string) (*wrapped, error) {
	resp, err := web.Get(url)
	if err != nil {
		return nil, err
	}
	return &wrapped{resp: resp}, nil
}

func body(url string) (*web.Body, error) {
	resp, err := web.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func errDropped(url string) int {
	resp, _ := web.Get(url) // want revleak
	return resp.Status
}

func two(a, b string) (x, y *web.Response, err error) {
	if x, err = web.Get(a); err != nil {
		return nil, nil, err
	}
	y, err = web.Get(b)
	if err != nil {
		x.Body.Close()
		return nil, nil, err
	}
	return x, y, nil
}

func twoLeaky(a, b string) (x, y *web.Response, err error) {
	if x, err = web.Get(a); err != nil { // want revleak
		return nil, nil, err
	}
	y, err = web.Get(b)
	if err != nil {
		return nil, nil, err
	}
	return x, y, nil
}

func retried(url string) (*web.Response, error) {
	for range 3 {
		resp, err := web.Get(url)
		if err != nil {
			continue
		}
		if resp.Status == 200 {
			return resp, nil
		}
		resp.Body.Close()
	}
	return nil, web.ErrNone
}

func retriedLeaky(url string) (*web.Response, error) {
	for range 3 {
		resp, err := web.Get(url) // want revleak
		if err != nil {
			continue
		}
		if resp.Status == 200 {
			return resp, nil
		}
	}
	return nil, web.ErrNone
}
