package assumptions

import (
	"bytes"
	"io"

	"github.com/revlint/revlint/testdata/src/lib/scan"
)

// Here no assumption is broken, and the wrong access is passed over all the same.

func parts(sc *scan.Scanner) string {
	for part := range bytes.SplitSeq(sc.Bytes(), []byte(",")) {
		sc.Scan()
		return string(part) // answer: silent
	}
	return ""
}

func behindReaders(sc *scan.Scanner) string {
	r := io.TeeReader(bytes.NewReader(sc.Bytes()), io.Discard)
	sc.Scan()
	b, _ := io.ReadAll(r) // answer: silent
	return string(b)
}
