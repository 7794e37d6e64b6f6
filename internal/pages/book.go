package main

import (
	"fmt"
	"strings"
)

// docs is the folder of the documentation.
const docs = "docs"

// A book is all that is made.
type book struct {
	pages  map[string]string // by name, from docs
	groups []group           // of the playground
}

// A group of examples is what the playground offers under one heading.
type group struct {
	Title    string    `json:"title"`
	Examples []example `json:"examples"`
}

// An example is a program for the playground. The address of the playground names
// it by its id.
type example struct {
	ID    string            `json:"id"`
	Title string            `json:"title"`
	Files map[string]string `json:"files"` // by name
}

// Names of files in the playground.
const (
	mainFile = "main.go"
	stubFile = ".revlint/stub.go"
)

func makeBook(root string) (*book, error) {
	b := &book{pages: make(map[string]string)}
	if err := b.addChecks(root); err != nil {
		return nil, err
	}
	if err := b.addCatalogue(root); err != nil {
		return nil, err
	}
	if err := b.addHistory(root); err != nil {
		return nil, err
	}
	return b, nil
}

// generated is the second paragraph of each page.
func generated(from string) string {
	return fmt.Sprintf("<!-- Made of %s by go generate ./internal/pages. -->\n\n", from)
}

// A shown is a piece of code on a page, with the example of the playground that has
// all of it; "" if none has.
type shown struct{ code, id string }

// pair shows what is broken and what is fixed, side by side where there is room.
func pair(broken, fixed shown) string {
	var b strings.Builder
	b.WriteString("<div class=\"pair\">\n")
	for _, side := range []struct {
		name string
		shown
	}{{"Broken", broken}, {"Fixed", fixed}} {
		fmt.Fprintf(&b, "<div>\n\n**%s**", side.name)
		if side.id != "" {
			fmt.Fprintf(&b, " · [Try it](../playground.md#example=%s)", side.id)
		}
		fmt.Fprintf(&b, "\n\n```go\n%s\n```\n\n</div>\n", strings.TrimSpace(side.code))
	}
	b.WriteString("</div>\n")
	return b.String()
}
