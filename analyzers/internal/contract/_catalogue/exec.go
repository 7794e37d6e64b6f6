//revlint:package os/exec
package exec

import "io"

// S35, by Cmd.Start: after a successful call, Wait must be called to release what the
// system holds.
//
//revlint:acquire _ guard c if err == nil
func (c *Cmd) Start() (err error)

//revlint:release c idempotent
func (c *Cmd) Wait() error

// S36, by Cmd.StdoutPipe: Wait closes the pipe, so that it is incorrect to call Wait before
// all reads from it have completed. Most callers need not close it.
//
//revlint:borrow r from c until Wait if err == nil
func (c *Cmd) StdoutPipe() (r io.ReadCloser, err error)

//revlint:borrow r from c until Wait if err == nil
func (c *Cmd) StderrPipe() (r io.ReadCloser, err error)
