package valueanderror

import (
	"io"
	"net/http"
	"os"
)

// A helper asks whether there is a value, and hands on the error beside it: where there is a
// value, there is no error.

func logged(c *http.Client, req *http.Request) (*http.Response, error) {
	resp, err := c.Do(req)
	if resp != nil {
		println(resp.Status)
	}
	return resp, err
}

func okLogged(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := logged(c, req)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	return data, err
}

func loggedLeft(c *http.Client, req *http.Request) ([]byte, error) {
	resp, err := logged(c, req) // want revleak
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return data, nil
}

// Who only adds to what it is given asks for the value, too.

func marked(c *http.Client, req *http.Request) (resp *http.Response, err error) {
	resp, err = c.Do(req)
	if resp != nil && resp.StatusCode >= 500 {
		println("failed")
	}
	return
}

func okMarked(c *http.Client, req *http.Request) error {
	resp, err := marked(c, req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func markedLeft(c *http.Client, req *http.Request) error {
	resp, err := marked(c, req) // want revleak
	if err != nil {
		return err
	}
	println(resp.Status)
	return nil
}

// The same without a helper.

func okHere(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if resp != nil {
		println(resp.Status)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func hereLeft(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req) // want revleak
	if resp != nil {
		println(resp.Status)
	}
	if err != nil {
		return err
	}
	println(resp.Status)
	return nil
}

// A file is asked for in the same way.

func opened(name string) (*os.File, error) {
	f, err := os.Open(name)
	if f != nil {
		println(f.Name())
	}
	return f, err
}

func okOpened(name string) error {
	f, err := opened(name)
	if err != nil {
		return err
	}
	return f.Close()
}

func openedLeft(name string) error {
	f, err := opened(name) // want revleak
	if err != nil {
		return err
	}
	println(f.Name())
	return nil
}
