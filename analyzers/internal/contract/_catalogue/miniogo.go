//revlint:package github.com/minio/minio-go/v7
package minio

import (
	"context"
	"io"
	"net/http"
)

// M86, by Client.GetObject and Object.Close: the API reference closes the object; a second
// call only answers with an error. A goroutine reads for the object until it is closed.
//
//revlint:acquire _ guard obj brief if err == nil
func (c *Client) GetObject(ctx context.Context, bucketName, objectName string, opts GetObjectOptions) (obj *Object, err error)

//revlint:release o idempotent
func (o *Object) Close() (err error)

// M86, by Core.GetObject: it gives the body of the response as it comes.
//
//revlint:acquire body brief if err == nil
func (c Core) GetObject(ctx context.Context, bucketName, objectName string, opts GetObjectOptions) (body io.ReadCloser, info ObjectInfo, header http.Header, err error)
