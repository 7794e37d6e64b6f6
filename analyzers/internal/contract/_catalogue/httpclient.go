//revlint:package net/http
package http

import (
	"io"
	"net/url"
)

// S16, by Response.Body: it is the caller's responsibility to close it.
//
// S69, by NewRequestWithContext: the context controls the entire lifetime of a request and its response, which
// includes the reading of the body.
//
//revlint:acquire resp.Body brief if err == nil
//revlint:borrow resp.Body from req.ctx if err == nil
func (c *Client) Do(req *Request) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func (c *Client) Get(url string) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func (c *Client) Head(url string) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func (c *Client) Post(url, contentType string, body io.Reader) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func (c *Client) PostForm(url string, data url.Values) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func Get(url string) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func Head(url string) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func Post(url, contentType string, body io.Reader) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
func PostForm(url string, data url.Values) (resp *Response, err error)

//revlint:acquire resp.Body brief if err == nil
//revlint:borrow resp.Body from req.ctx if err == nil
func (t *Transport) RoundTrip(req *Request) (resp *Response, err error)

type RoundTripper interface {
	//revlint:acquire resp.Body if err == nil
	//revlint:borrow resp.Body from req.ctx if err == nil
	RoundTrip(req *Request) (resp *Response, err error)
}
