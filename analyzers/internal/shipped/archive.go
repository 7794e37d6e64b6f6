package shipped

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"go/types"
	"io"
	"maps"
	"slices"

	"golang.org/x/tools/go/types/objectpath"

	"github.com/revlint/revlint/analyzers/internal/summary"
)

// A record is the summary of one function of a package.
type record struct {
	Path objectpath.Path
	Fact summary.Encoded
}

// Encode returns the summaries of functions of one package, in the order of their names.
// Functions that other packages cannot name are left out.
func Encode(facts map[*types.Func]*summary.Encoded) ([]byte, error) {
	var records []record
	var names objectpath.Encoder
	for fn, f := range facts {
		if path, err := names.For(fn); err == nil {
			records = append(records, record{path, *f})
		}
	}
	slices.SortFunc(records, func(r, q record) int { return cmp.Compare(r.Path, q.Path) })
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(records)
	return b.Bytes(), err
}

// Decode is the reverse of Encode, for pkg. A name that pkg does not have is an error.
func Decode(pkg *types.Package, data []byte) (map[*types.Func]*summary.Encoded, error) {
	var records []record
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&records); err != nil {
		return nil, err
	}
	out := make(map[*types.Func]*summary.Encoded)
	for _, r := range records {
		obj, err := objectpath.Object(pkg, r.Path)
		if err != nil {
			return nil, err
		}
		fn, ok := obj.(*types.Func)
		if !ok {
			return nil, fmt.Errorf("%s: %s is no function", pkg.Path(), r.Path)
		}
		out[fn] = &r.Fact
	}
	return out, nil
}

// An Archive is summaries of packages by their keys, as Encode returns them.
type Archive struct{ files map[string]*zip.File }

// ErrOther is what Open returns for an archive that another engine made.
var ErrOther = errors.New("made by another engine")

// Open reads the archive in data, which must be of the engine that is called so.
func Open(data []byte, engine string) (*Archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	if r.Comment != engine {
		return nil, ErrOther
	}
	a := &Archive{make(map[string]*zip.File)}
	for _, f := range r.File {
		a.files[f.Name] = f
	}
	return a, nil
}

// Get returns what is kept under the key; nil if there is nothing, or it cannot be read.
func (a *Archive) Get(key string) []byte {
	f := a.files[key]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return data
}

// Write writes an archive of what the engine called so has made, by keys. The same content
// gives the same bytes.
func Write(w io.Writer, engine string, content map[string][]byte) error {
	z := zip.NewWriter(w)
	if err := z.SetComment(engine); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(content)) {
		f, err := z.Create(key)
		if err != nil {
			return err
		}
		if _, err := f.Write(content[key]); err != nil {
			return err
		}
	}
	return z.Close()
}
