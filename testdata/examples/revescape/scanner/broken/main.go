// Lines of a scanner
//
// All lines share the scanner's buffer: after the loop, each is the last one.
package play

import (
	"bufio"
	"io"
)

func lines(in io.Reader) (all [][]byte, err error) {
	s := bufio.NewScanner(in)
	for s.Scan() {
		all = append(all, s.Bytes()) // want revescape
	}
	return all, s.Err()
}
