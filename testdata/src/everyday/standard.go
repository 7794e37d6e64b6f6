package everyday

import (
	"io"
	"os"
)

// A file that was just opened is not the standard input.

func okNotStandard(name string) error {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		in = f
	}
	if in != os.Stdin {
		defer in.Close()
	}
	_, err := io.ReadAll(in)
	return err
}

func okNotGiven(name string, given *os.File) (err error) {
	in := given
	if in == nil {
		if in, err = os.Open(name); err != nil {
			return err
		}
	}
	_, err = io.ReadAll(in)
	if in != given {
		in.Close()
	}
	return err
}

func badStandard(name string) error {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return err
		}
		in = f
	}
	if in == os.Stdin {
		defer in.Close()
	}
	_, err := io.ReadAll(in)
	return err
}
