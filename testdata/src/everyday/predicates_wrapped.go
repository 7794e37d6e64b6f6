package everyday

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
)

// Where a predicate of an error answers with yes, there is an error: who gives it to a helper that
// answers nil to nil gets an error.

func wrapNil(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("storage: %w", err)
}

func okIsExistWrapped(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		return nil, wrapNil(err)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func okErrorsIsWrapped(name string) (*os.File, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrapNil(err)
	}
	return f, wrapNil(err)
}

func okErrorsAsWrapped(name string) (*os.File, error) {
	f, err := os.Open(name)
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return nil, wrapNil(err)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func okTimeoutAsked(name string) error {
	f, err := os.Open(name)
	if os.IsTimeout(err) {
		if err == nil {
			return nil
		}
		return err
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func okPermissionOfResponse(c *http.Client, r *http.Request) error {
	resp, err := c.Do(r)
	if os.IsPermission(err) {
		return wrapNil(err)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// IsThrottled is of a module that is not followed.
var IsThrottled func(err error) bool

func okThrottled(c *http.Client, r *http.Request) error {
	resp, err := c.Do(r)
	if IsThrottled(err) {
		return wrapNil(err)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Where it answers with no, nothing is known of the error.

func badIsExistWrapped(name string) (*os.File, error) {
	_, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // want revleak
	if os.IsExist(err) {
		return nil, wrapNil(err)
	}
	return nil, wrapNil(err)
}

func badErrorsIsWrapped(name string) error {
	f, err := os.Open(name) // want revleak
	if errors.Is(err, fs.ErrNotExist) {
		return wrapNil(err)
	}
	if err != nil {
		return err
	}
	println(f.Name())
	return nil
}

func badThrottled(c *http.Client, r *http.Request) error {
	resp, err := c.Do(r) // want revleak
	if IsThrottled(err) {
		return wrapNil(err)
	}
	if err != nil {
		return err
	}
	println(resp.Status)
	return nil
}

// A predicate of what is not an error says nothing of the error.

func isShort(name string) bool { return len(name) < 3 }

func badOtherPredicate(name string) error {
	f, err := os.Open(name) // want revleak
	if isShort(name) {
		return wrapNil(err)
	}
	if err != nil {
		return err
	}
	return f.Close()
}
