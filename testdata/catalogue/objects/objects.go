// Package objects has the examples for object stores: github.com/minio/minio-go and cloud.google.com/go/storage.
package objects

import (
	"context"
	"io"

	"cloud.google.com/go/storage"
	"github.com/minio/minio-go/v7"
)

// M86: the object stays open, and with it a goroutine.
func size(ctx context.Context, c *minio.Client, bucket, name string) (int64, error) {
	obj, err := c.GetObject(ctx, bucket, name, minio.GetObjectOptions{}) // want revleak
	if err != nil {
		return 0, err
	}
	info, err := obj.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size, nil
}

// M86: closed.
func contents(ctx context.Context, c *minio.Client, bucket, name string) ([]byte, error) {
	obj, err := c.GetObject(ctx, bucket, name, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	defer obj.Close()
	return io.ReadAll(obj)
}

// M86: the body is not closed.
func body(ctx context.Context, c minio.Core, bucket, name string) ([]byte, error) {
	r, _, _, err := c.GetObject(ctx, bucket, name, minio.GetObjectOptions{}) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// M87: the reader is not closed.
func read(ctx context.Context, o *storage.ObjectHandle) ([]byte, error) {
	r, err := o.NewReader(ctx) // want revleak
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// M87: closed.
func readAt(ctx context.Context, o *storage.ObjectHandle, at int64) ([]byte, error) {
	r, err := o.NewRangeReader(ctx, at, 100)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// M88: nobody closes the writer, so nothing is there.
func write(ctx context.Context, o *storage.ObjectHandle, p []byte) error {
	w := o.NewWriter(ctx) // want revleak
	_, err := w.Write(p)
	return err
}

// M88: where a write fails, the context is cancelled.
func save(ctx context.Context, o *storage.ObjectHandle, p []byte) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := o.NewWriter(ctx)
	if _, err := w.Write(p); err != nil {
		return err
	}
	return w.Close()
}
