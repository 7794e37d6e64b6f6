package limits

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
	defer resp.Body.Close() // want revnil
	return resp.StatusCode, nil
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
	return file, nil // want revescape
}
