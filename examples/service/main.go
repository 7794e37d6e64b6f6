package main

import (
	"flag"
	"log"
	"os"

	"github.com/revlint/revlint/examples/service/notes"
)

func main() {
	address := flag.String("listen", "localhost:8083", "where to serve")
	flag.Parse()
	dir, err := os.MkdirTemp("", "notes")
	if err != nil {
		log.Fatal(err)
	}
	s, err := notes.Open(dir)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("http://%s/notes, data in %s", *address, dir)
	log.Fatal(s.Serve(*address))
}
