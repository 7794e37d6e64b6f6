//revlint:package runtime/pprof
package pprof

import "io"

// S81, by WriteHeapProfile and Profile.WriteTo: they write to w until then, and do not close it.
//
//revlint:scoped w
func WriteHeapProfile(w io.Writer) error

//revlint:scoped w
func (p *Profile) WriteTo(w io.Writer, debug int) error
