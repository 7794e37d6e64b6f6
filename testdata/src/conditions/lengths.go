package conditions

import "github.com/revlint/revlint/testdata/src/lib/vol"

// A length that is asked for twice is the same.
func byLength(name, mode string, p []byte) (err error) {
	var v *vol.Volume
	if len(mode) > 0 {
		if v, err = vol.Open(name); err != nil {
			return err
		}
	}
	println(len(p))
	if len(mode) > 0 {
		v.Close()
	}
	return nil
}

func byOtherLength(name, mode string, p []byte) (err error) {
	var v *vol.Volume
	if len(mode) > 0 {
		if v, err = vol.Open(name); err != nil { // want revleak
			return err
		}
	}
	if len(p) > 0 {
		v.Close()
	}
	return nil
}
