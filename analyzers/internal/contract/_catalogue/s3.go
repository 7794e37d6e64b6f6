//revlint:package github.com/aws/aws-sdk-go-v2/service/s3
package s3

import "context"

// M85, by Client.GetObject and GetObjectOutput: the examples of the developer guide close the body when they are
// done: it is the body of the HTTP response.
//
//revlint:acquire out.Body brief if err == nil
func (c *Client) GetObject(ctx context.Context, params *GetObjectInput, optFns ...func(*Options)) (out *GetObjectOutput, err error)

//revlint:acquire out.Body if err == nil
func (c *Client) GetObjectTorrent(ctx context.Context, params *GetObjectTorrentInput, optFns ...func(*Options)) (out *GetObjectTorrentOutput, err error)
