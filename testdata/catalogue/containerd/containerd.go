// Package containerd has the examples for github.com/containerd/containerd.
package containerd

import (
	"context"
	"io"

	containerd "github.com/containerd/containerd/v2/client"
	"github.com/containerd/containerd/v2/core/content"
	"github.com/containerd/containerd/v2/core/snapshots"
	"github.com/containerd/containerd/v2/core/snapshots/storage"
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

// M109: the error of the usage is another variable than the one that is asked for in the end, so that the
// transaction stays open, and the next writer waits for ever.
func commit(ctx context.Context, ms *storage.MetaStore, key, name string, usage func(id string) (snapshots.Usage, error)) error {
	ctx, t, err := ms.TransactionContext(ctx, true) // want revleak
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			t.Rollback()
		}
	}()
	id, _, _, err := storage.GetInfo(ctx, key)
	if err != nil {
		return err
	}
	if usage != nil {
		u, err := usage(id)
		if err != nil {
			return err
		}
		_ = u
	}
	if _, err = storage.CommitActive(ctx, key, name, snapshots.Usage{}); err != nil {
		return err
	}
	return t.Commit()
}

// M109: rolled back unless it was committed.
func commitOrRollBack(ctx context.Context, ms *storage.MetaStore, key, name string) error {
	ctx, t, err := ms.TransactionContext(ctx, true)
	if err != nil {
		return err
	}
	rollback := true
	defer func() {
		if rollback {
			t.Rollback()
		}
	}()
	if _, err = storage.CommitActive(ctx, key, name, snapshots.Usage{}); err != nil {
		return err
	}
	rollback = false
	return t.Commit()
}

// M109: what is only read is rolled back.
func mounts(ctx context.Context, ms *storage.MetaStore, key string) (storage.Snapshot, error) {
	ctx, t, err := ms.TransactionContext(ctx, false)
	if err != nil {
		return storage.Snapshot{}, err
	}
	s, err := storage.GetSnapshot(ctx, key)
	t.Rollback()
	return s, err
}
