//revlint:package github.com/containerd/containerd/v2/core/content also github.com/containerd/containerd/content
package content

import (
	"context"

	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

// M99, by ReaderAt: it is an io.Closer; what a provider gives is closed by who asked for it. Only the debt is followed.
type Provider interface {
	//revlint:acquire _ guard r if err == nil
	ReaderAt(ctx context.Context, desc ocispec.Descriptor) (r ReaderAt, err error)
}

// M99, by Writer.Close and Writer.Commit: Commit always closes the writer, and a second Close is no error.
type Ingester interface {
	//revlint:acquire _ guard w if err == nil
	Writer(ctx context.Context, opts ...WriterOpt) (w Writer, err error)
}

type Writer interface {
	//revlint:release self idempotent
	Commit(ctx context.Context, size int64, expected digest.Digest, opts ...Opt) error
}

//revlint:acquire _ guard w if err == nil
func OpenWriter(ctx context.Context, cs Ingester, opts ...WriterOpt) (w Writer, err error)
