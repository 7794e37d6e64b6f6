package musthelpers

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	"github.com/revlint/revlint/testdata/src/lib/ender"
)

// Who is given anything and does not print it asks whether there is an error among it, and
// does not come back then.

func okGivenUntested(url string) string {
	res, err := http.Get(url)
	ender.E(err)
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	ender.E(err)
	return string(b)
}

func okGivenTested(addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		ender.E(err)
	}
	fmt.Println(l.Addr())
	l.Close()
}

func badPrintedOnly(addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(l.Addr())
	l.Close() // want revnil
}

// An entry of a log that is the last.

func okLastWord(log *ender.Logger, name string) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal().Err(err).Msg("no file")
	}
	fmt.Fprintln(f, f.Name())
	if err := f.Close(); err != nil {
		log.Fatal().Err(err).Msg("not closed")
	}
}

func badOtherWord(log *ender.Logger, addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		log.Warn().Err(err).Msg("no listener")
	}
	fmt.Println(l.Addr())
	l.Close() // want revnil
}

// An entry that nobody sends ends nothing.
func badNotSent(log *ender.Logger, addr string) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		log.Fatal().Err(err)
	}
	fmt.Println(l.Addr())
	l.Close() // want revnil
}
