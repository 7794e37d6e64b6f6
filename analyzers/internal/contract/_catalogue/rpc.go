//revlint:package net/rpc
package rpc

// S87, by Dial, DialHTTP and Client.Close: it connects; Close closes the connection. A second Close answers with an error and does
// nothing else.
//
//revlint:acquire c if err == nil
func Dial(network, address string) (c *Client, err error)

//revlint:acquire c if err == nil
func DialHTTP(network, address string) (c *Client, err error)

//revlint:acquire c if err == nil
func DialHTTPPath(network, address, path string) (c *Client, err error)

//revlint:release client idempotent
func (client *Client) Close() error
