// Package s3 has the examples for github.com/aws/aws-sdk-go-v2/service/s3.
package s3

import (
	"context"
	"encoding/json"
	"io"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// M85: the body stays open.
func load(ctx context.Context, c *s3.Client, in *s3.GetObjectInput, v any) error {
	out, err := c.GetObject(ctx, in) // want revleak
	if err != nil {
		return err
	}
	return json.NewDecoder(out.Body).Decode(v)
}

// M85: it stays open where the file cannot be made.
func download(ctx context.Context, c *s3.Client, in *s3.GetObjectInput, name string) error {
	out, err := c.GetObject(ctx, in) // want revleak
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	defer out.Body.Close()
	_, err = io.Copy(f, out.Body)
	return err
}

// M85: closed.
func read(ctx context.Context, c *s3.Client, in *s3.GetObjectInput) ([]byte, error) {
	out, err := c.GetObject(ctx, in)
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	return io.ReadAll(out.Body)
}

// M85: the caller gets the body.
func open(ctx context.Context, c *s3.Client, in *s3.GetObjectInput) (io.ReadCloser, error) {
	out, err := c.GetObject(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}
