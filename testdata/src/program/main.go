// Command program leaves at its end what the system takes back.
package main

import "github.com/revlint/revlint/testdata/src/lib/vol"

func main() {
	v, err := vol.Open("a")
	if err != nil {
		return
	}
	println(v.Len())
	helper()
}

func helper() {
	v, err := vol.Open("b") // want revleak
	if err != nil {
		return
	}
	println(v.Len())
}
