// A file that stays open
//
// Where its head is wrong, it is not closed. The fix puts in a defer: apply it.
package play

import (
	"errors"
	"io"
	"os"
)

func version(name string) (byte, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	head := make([]byte, 2)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0, err
	}
	if head[0] != 'v' {
		return 0, errors.New("unknown format")
	}
	return head[1], nil
}
