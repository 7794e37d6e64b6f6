// Package lists has helpers that do something to each element of a slice, and lists of what is to be done in the end.
package lists

// A ticket has a contract, so that the package is not rewritten: loops over all elements are read by their form.
type ticket struct{ open bool }

// take opens a ticket.
//
//revlint:acquire t
func take() (t *ticket) { return &ticket{open: true} }

// back closes it.
//
//revlint:release t
func (t *ticket) back() { t.open = false }

func okTicket() {
	t := take()
	t.back()
}
