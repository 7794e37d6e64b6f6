package deferredclosures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// What a context has answered once, it answers again.
func okAskedTwice(ctx context.Context, req *http.Request) (int, error) {
	resp, err := http.DefaultClient.Do(req)
	for err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
			break
		}
		resp, err = http.DefaultClient.Do(req)
	}
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

// Here the context has not been found to be done.
func badAskedOnce(ctx context.Context, req *http.Request) (int, error) {
	resp, err := http.DefaultClient.Do(req) // want revleak
	if err != nil {
		return 0, ctx.Err()
	}
	if resp.StatusCode != http.StatusOK {
		return 0, ctx.Err()
	}
	resp.Body.Close()
	return 0, nil
}

// What is deferred asks the error again, which stands in one variable and is one of two.
func okAskedAgain(name string, write func(f *os.File) error) (io.Reader, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	if err = write(file); err != nil {
		return nil, fmt.Errorf("writing: %w", err)
	}
	n, err := file.Seek(0, io.SeekStart)
	if n != 0 {
		err = errors.Join(err, errors.New("position"))
	}
	if err != nil {
		return nil, fmt.Errorf("reopening: %w", err)
	}
	return file, nil
}

func badAskedTheOther(name string, check func() error) (io.Reader, error) {
	file, err := os.Create(name) // want revleak
	if err != nil {
		return nil, err
	}
	defer func() {
		if err == nil {
			file.Close()
		}
	}()
	n, err := file.Seek(0, io.SeekStart)
	if n != 0 {
		err = check()
	}
	if err != nil {
		return nil, fmt.Errorf("reopening: %w", err)
	}
	return file, nil // want revescape
}
