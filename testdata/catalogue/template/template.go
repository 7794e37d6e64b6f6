// Package template has the examples for the standard library's text/template and html/template.
package template

import (
	"html/template"
	"os"
)

// S78: nobody closes the file.
func bad(t *template.Template) error {
	f, err := os.Create("x") // want revleak
	if err != nil {
		return err
	}
	err = t.Execute(f, nil)
	return err
}

// S78: whoever opened it closes it.
func good(t *template.Template) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	defer f.Close()
	err = t.Execute(f, nil)
	return err
}

// S78: it is closed when it is asked for.
func late(t *template.Template) error {
	f, err := os.Create("x")
	if err != nil {
		return err
	}
	f.Close()
	err = t.Execute(f, nil) // want revuse
	return err
}
