package shipped

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
)

// An Archive is summaries of packages by their keys, each the Data of a [summary.Package].
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
