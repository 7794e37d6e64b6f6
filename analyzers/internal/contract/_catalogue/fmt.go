//revlint:package fmt
package fmt

// S65, by Errorf: it formats its operands, and keeps none of them but errors, for %w.
//
//revlint:scoped a
func Errorf(format string, a ...any) error
