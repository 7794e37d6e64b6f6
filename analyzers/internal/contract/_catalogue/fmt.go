//revlint:package fmt
package fmt

import "io"

// S66, by Print, Fprint, Sprint and Append: they format their operands and write them, or return them as a
// string; nothing of the operands is kept.
//
//revlint:scoped a
func Print(a ...any) (n int, err error)

//revlint:scoped a
func Printf(format string, a ...any) (n int, err error)

//revlint:scoped a
func Println(a ...any) (n int, err error)

//revlint:scoped a
func Fprint(w io.Writer, a ...any) (n int, err error)

//revlint:scoped a
func Fprintf(w io.Writer, format string, a ...any) (n int, err error)

//revlint:scoped a
func Fprintln(w io.Writer, a ...any) (n int, err error)

//revlint:scoped a
func Sprint(a ...any) string

//revlint:scoped a
func Sprintf(format string, a ...any) string

//revlint:scoped a
func Sprintln(a ...any) string
