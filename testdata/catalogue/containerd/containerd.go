// Package containerd has the examples for github.com/containerd/containerd.
package containerd

import (
	"context"
	"io"

	containerd "github.com/containerd/containerd/v2/client"
	"github.com/containerd/containerd/v2/core/content"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// M99: the reader stays open where it is too large.
func small(ctx context.Context, p content.Provider, desc ocispec.Descriptor) ([]byte, error) {
	r, err := p.ReaderAt(ctx, desc) // want revleak
	if err != nil {
		return nil, err
	}
	if r.Size() > 1<<20 {
		return nil, io.ErrShortBuffer
	}
	defer r.Close()
	return io.ReadAll(content.NewReader(r))
}

// M99: closed.
func blob(ctx context.Context, p content.Provider, desc ocispec.Descriptor) ([]byte, error) {
	r, err := p.ReaderAt(ctx, desc)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(content.NewReader(r))
}

// M99: the writer stays where the contents cannot be copied.
func write(ctx context.Context, in content.Ingester, desc ocispec.Descriptor, r io.Reader) error {
	w, err := content.OpenWriter(ctx, in, content.WithRef("x"), content.WithDescriptor(desc)) // want revleak
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	return w.Commit(ctx, desc.Size, desc.Digest)
}

// M99: Commit closes it, and Close may come again.
func ingest(ctx context.Context, in content.Ingester, desc ocispec.Descriptor, r io.Reader) error {
	w, err := in.Writer(ctx, content.WithRef("x"), content.WithDescriptor(desc))
	if err != nil {
		return err
	}
	defer w.Close()
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	return w.Commit(ctx, desc.Size, desc.Digest)
}

// M100: the lease stays where there is no image.
func leased(ctx context.Context, c *containerd.Client, name string) (containerd.Image, error) {
	ctx, done, err := c.WithLease(ctx) // want revleak
	if err != nil {
		return nil, err
	}
	img, err := c.GetImage(ctx, name)
	if err != nil {
		return nil, err
	}
	return img, done(ctx)
}

// M100: deleted.
func pulled(ctx context.Context, c *containerd.Client, name string) (containerd.Image, error) {
	ctx, done, err := c.WithLease(ctx)
	if err != nil {
		return nil, err
	}
	defer done(ctx)
	return c.Pull(ctx, name)
}
