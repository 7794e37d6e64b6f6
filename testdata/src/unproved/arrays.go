package unproved

import "os"

// An array that is ranged over as a value: which element a round closes is not known, and none is passed over.

func closesOneOfAHundred(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var all [100]*os.File
	all[3] = f
	for _, x := range all {
		if x != nil {
			x.Close()
		}
	}
	f.Read(nil) // answer: unknown: its guard was handed on
}

type fileInStruct struct{ f *os.File }

func closesInStructs(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var all [1]fileInStruct
	all[0].f = f
	for _, x := range all {
		x.f.Close()
	}
	f.Read(nil) // want revuse
}
