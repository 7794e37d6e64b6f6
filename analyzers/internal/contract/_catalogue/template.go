//revlint:package text/template also html/template
package template

import "io"

// S78, by Template.Execute and Template.ExecuteTemplate: they write to wr until then, and do not close it.
//
//revlint:scoped wr
func (t *Template) Execute(wr io.Writer, data any) error

//revlint:scoped wr
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error
