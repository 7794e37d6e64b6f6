package stubgen

import (
	"bytes"
	"go/format"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/revlint/revlint/analyzers/internal/contract"
)

// load loads packages as the command does.
func load(t *testing.T, dir string, paths ...string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Dir: dir,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedModule,
	}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) != len(paths) {
		t.Fatalf("%d packages, want %d", len(pkgs), len(paths))
	}
	return pkgs
}

var typeDeclaration = regexp.MustCompile(`(?m)^type \w+`)

// stubs generates a stub for each package, by its path. Of what is guessed
// nothing may be refused; of what the catalogue has, only what is not exported.
func stubs(t *testing.T, pkgs []*packages.Package) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatalf("%s: %v", p.PkgPath, e)
		}
		version := ""
		if p.Module != nil {
			version = p.Module.Version
		}
		text, err := Generate(p.Types, p.Syntax, version)
		if err != nil {
			t.Errorf("%s: %v", p.PkgPath, err)
			continue
		}
		out[p.PkgPath] = string(text)
		for _, m := range contract.Mistakes(p.Types, text) {
			t.Errorf("%s: %d: %s", p.PkgPath, m.Offset, m.Message)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, leftOut) && !strings.Contains(line, "the catalogue's") {
				t.Errorf("%s: %s", p.PkgPath, line)
			}
		}
		seen := make(map[string]bool)
		for _, decl := range typeDeclaration.FindAllString(string(text), -1) {
			if seen[decl] {
				t.Errorf("%s: %s twice", p.PkgPath, decl)
			}
			seen[decl] = true
		}
		if formatted, err := format.Source(text); err != nil || !bytes.Equal(formatted, text) {
			t.Errorf("%s is not as gofmt has it: %v", p.PkgPath, err)
		}
	}
	return out
}

// The standard library has signatures of all kinds.
func TestStandardLibrary(t *testing.T) {
	stubs(t, load(t, "", "archive/zip", "compress/gzip", "context", "database/sql", "database/sql/driver", "debug/elf", "io", "io/fs",
		"log/slog", "mime/multipart", "net", "net/http", "os", "os/exec", "runtime/cgo", "sync", "testing", "time"))
}

// Modules that the catalogue knows, and those that need no catalogue.
func TestModules(t *testing.T) {
	stubs(t, load(t, "../../../testdata/catalogue", "go.etcd.io/bbolt", "github.com/cockroachdb/pebble/v2",
		"github.com/valyala/fasthttp", "github.com/dgraph-io/badger/v4", "github.com/jackc/pgx/v5/pgxpool", "golang.org/x/sync/semaphore",
		"github.com/libp2p/go-libp2p/core/network", "github.com/nats-io/nats-server/v2/server"))
}
