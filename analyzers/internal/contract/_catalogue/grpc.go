//revlint:package google.golang.org/grpc
package grpc

import "context"

// M79, by ClientConn.Close: it tears down the connection and all that is beneath; only the debt
// is followed, because a connection is used from everywhere.
//
//revlint:acquire _ guard cc if err == nil
func NewClient(target string, opts ...DialOption) (cc *ClientConn, err error)

//revlint:acquire _ guard cc if err == nil
func Dial(target string, opts ...DialOption) (cc *ClientConn, err error)

//revlint:acquire _ guard cc if err == nil
func DialContext(ctx context.Context, target string, opts ...DialOption) (cc *ClientConn, err error)

//revlint:release cc idempotent
func (cc *ClientConn) Close() error
