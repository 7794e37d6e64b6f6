//revlint:package k8s.io/client-go/rest
package rest

import (
	"context"
	"io"

	"k8s.io/apimachinery/pkg/watch"
)

// M101, by watch.Interface: Stop must always be called, as for all watches.
//
//revlint:acquire _ guard w if err == nil
func (r *Request) Watch(ctx context.Context) (w watch.Interface, err error)

// M102, by Request.Stream: it streams the body of the response, which whoever reads it closes.
//
//revlint:acquire body brief if err == nil
func (r *Request) Stream(ctx context.Context) (body io.ReadCloser, err error)
