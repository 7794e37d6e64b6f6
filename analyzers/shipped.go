package analyzers

import (
	"crypto/sha256"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/revlint/revlint/analyzers/internal/shipped"
)

// sources are those of all that has a say in a summary.
//
//go:embed internal/contract/*.go internal/contract/_catalogue internal/gotypes/*.go internal/shipped/*.go internal/summary/*.go
//go:embed internal/engine/*.go internal/engine/calls/*.go internal/engine/domain/*.go internal/engine/interp/*.go internal/engine/rules/*.go
var sources embed.FS

// Engine names the engine that this program has: a hash of its sources, and the version
// of the library that builds the SSA form.
var Engine = sync.OnceValue(func() string {
	hash := sha256.New()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "golang.org/x/tools" {
				fmt.Fprintln(hash, m.Version)
			}
		}
	}
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := sources.ReadFile(name)
		fmt.Fprintf(hash, "%s %d\n%s", name, len(data), data)
		return err
	})
	if err != nil {
		panic(err) // an embedded file can be read
	}
	return fmt.Sprintf("%x", hash.Sum(nil)[:16])
})

// Shipped returns what this program brings along under a key, for Options.Known; nil if that
// is nothing, or another engine than its own has made it.
func Shipped(key string) []byte { return archive().Get(key) }

var archive = sync.OnceValue(func() *shipped.Archive {
	a, err := shipped.Open(shipped.Data, Engine())
	if err != nil {
		return &shipped.Archive{}
	}
	return a
})

// WriteShipped writes an archive of what Options.Learn was told, by its keys, for
// a program with the engine that this one has.
func WriteShipped(w io.Writer, content map[string][]byte) error {
	return shipped.Write(w, Engine(), content)
}

// CheckShipped returns an error if data is no archive that this program's engine made.
func CheckShipped(data []byte) error {
	_, err := shipped.Open(data, Engine())
	return err
}
