package everyday

import "os"

// What a select statement leaves alone is read after it, by way of what it chose.

type twoFiles struct{ first, second *os.File }

func okChosen(name string, late chan int) error {
	var h twoFiles
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	h.first = f
	chosen := &h.first
	select {
	case <-late:
		h.second = f
		chosen = &h.second
	default:
	}
	return (*chosen).Close()
}

func badChosen(name string, late chan int) error {
	var h twoFiles
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	h.first = f
	chosen := &h.first
	select {
	case <-late:
		chosen = &h.second
	default:
		return (*chosen).Close()
	}
	println(chosen)
	return nil
}
