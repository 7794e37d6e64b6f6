// Pages writes the pages of the documentation that are made of code: a page for
// each check, of its doc.go and of testdata/examples; and a page for each library
// of the catalogue, of its stubs and of testdata/catalogue; and one for the bugs of the past.
//
//	go run ./internal/pages [-examples file]
//
// With -examples it writes no pages, but the examples of these pages as programs,
// for the playground.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"path/filepath"
)

//go:generate go run . -C ../..

func main() {
	log.SetFlags(0)
	log.SetPrefix("pages: ")
	root := flag.String("C", ".", "the `folder` of the repository")
	file := flag.String("examples", "", "write the examples to `file`, as JSON, and no pages")
	flag.Parse()
	if err := run(*root, *file); err != nil {
		log.Fatal(err)
	}
}

func run(root, file string) error {
	b, err := makeBook(root)
	if err != nil {
		return err
	}
	if file != "" {
		data, err := json.Marshal(b.groups)
		if err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o666)
	}
	// What is left of pages that are not made any more goes.
	for _, folder := range []string{"checks", "catalogue"} {
		if err := os.RemoveAll(filepath.Join(root, docs, folder)); err != nil {
			return err
		}
	}
	for name, text := range b.pages {
		path := filepath.Join(root, docs, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
