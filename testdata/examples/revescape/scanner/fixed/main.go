// Lines of a scanner
//
// A copy of each.
package play

import (
	"bufio"
	"bytes"
	"io"
)

func lines(in io.Reader) (all [][]byte, err error) {
	s := bufio.NewScanner(in)
	for s.Scan() {
		all = append(all, bytes.Clone(s.Bytes()))
	}
	return all, s.Err()
}
