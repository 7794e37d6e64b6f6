//revlint:package fmt
package fmt

import "io"

// S82, by Fscan, Fscanf and Fscanln: they read from r until then, and do not close it.
//
//revlint:scoped r
func Fscan(r io.Reader, a ...any) (n int, err error)

//revlint:scoped r
func Fscanf(r io.Reader, format string, a ...any) (n int, err error)

//revlint:scoped r
func Fscanln(r io.Reader, a ...any) (n int, err error)
