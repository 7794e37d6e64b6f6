package everyday

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// Whether there is anything to close is told by the error, by the response, by
// its body, or by what a predicate finds out of the error.

func okBodyTested(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if resp != nil && resp.Body != nil {
		defer resp.Body.Close()
	}
	if err == nil && resp.StatusCode != http.StatusOK {
		err = errors.New(resp.Status)
	}
	return err
}

func okResponseTested(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if resp != nil {
		resp.Body.Close()
	}
	return err
}

func badResponseTested(c *http.Client, req *http.Request) (int, error) {
	resp, err := c.Do(req) // want revleak
	if resp == nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func okNotThere(path string) error {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func badNotThere(path string) (string, error) {
	f, err := os.Open(path) // want revleak
	if os.IsNotExist(err) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func okTriedAgain(path string) error {
	var f *os.File
	var err error
	for i := 0; i < 5; i++ {
		f, err = os.Open(path)
		if i+1 < 5 && os.IsNotExist(err) {
			path = "../" + path
		} else {
			break
		}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Fprintln(f, "x")
	return nil
}

// retry answers whether it is worth while to try once more.
func retry(err error) bool {
	var e *os.PathError
	return errors.As(err, &e) && e.Timeout()
}

func okRetried(path string) error {
	f, err := os.Open(path)
	if retry(err) {
		return okRetried(path)
	}
	if err != nil {
		return err
	}
	return f.Close()
}

type statusError struct{ resp *http.Response }

func (e *statusError) Error() string { return e.resp.Status }

// Who gets the response is after its status: that its body is closed is known.
func okResponseReturned(c *http.Client, req *http.Request) (*http.Response, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &statusError{resp}
	}
	return resp, nil
}

func badBodyReturned(c *http.Client, req *http.Request) (io.ReadCloser, error) {
	resp, err := c.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp.Body, nil // want revescape
}

// fatal stands for what many programs have: a variable that holds the function.
var Fatalln = func(v ...any) { fmt.Println(v...); os.Exit(1) }

func fatalIf(err error) {
	if err != nil {
		Fatalln(err)
	}
}

func okFatal(path string) string {
	f, err := os.Open(path)
	fatalIf(err)
	defer f.Close()
	return f.Name()
}

func okHandled(path string, handle func(error)) string {
	f, err := os.Open(path)
	if err != nil {
		handle(err)
	}
	defer f.Close()
	return f.Name()
}

// Where there is no error there is a response: this test is never true.
func okResponseMissing(c *http.Client, req *http.Request) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	if resp == nil {
		return errors.New("no response")
	}
	defer resp.Body.Close()
	return nil
}
