package diag

import "sync/atomic"

var at atomic.Pointer[func() string]

// SetAt notes what the process is about to analyse, and how to name it. It has no say
// in what is found: see At.
func SetAt(name func() string) { at.Store(&name) }

// At names what the process analyses, for a message that it has to end; "" where it
// has not come to a function yet. Where several packages are analysed at the same time, it
// is the last that was begun.
func At() string {
	if name := at.Load(); name != nil {
		return (*name)()
	}
	return ""
}
