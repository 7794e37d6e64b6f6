// A file that stays open
//
// Closed on every path.
package play

import (
	"errors"
	"io"
	"os"
)

func version(name string) (byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, 2)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0, err
	}
	if head[0] != 'v' {
		return 0, errors.New("unknown format")
	}
	return head[1], nil
}
