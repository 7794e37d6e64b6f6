package front

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An overlay is what stands in place of saved files: what an editor has not saved,
// and nothing, in place of tests that are not looked at.
type overlay struct {
	flags  []string          // for the go command
	keys   map[string]string // by folder of a package: what tells its inputs from the saved ones
	actual map[string]string // the file that each temporary one stands for
	dir    string            // of all temporary ones
	from   string            // where the go command runs
}

// writeOverlay writes what is not saved to temporary files; those that are left out
// are not there for the go command. The files' names are
// in what units report, and the go command keeps that by the content of files: so
// the names depend on the content, and are part of the package's inputs (see
// stubKeys for how); what is found under an overlay is never taken for what is
// found without.
func (v *vetRun) writeOverlay(leftOut []string) (*overlay, error) {
	o := &overlay{keys: make(map[string]string), actual: make(map[string]string), from: v.dir}
	if len(v.overlay)+len(leftOut) == 0 {
		return o, nil
	}
	top, err := filepath.EvalSymlinks(os.TempDir())
	if err != nil {
		return nil, err
	}
	o.dir = filepath.Join(top, fmt.Sprintf("revlint-%d", os.Getpid()))
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return nil, err
	}
	replace := make(map[string]string)
	for _, file := range leftOut {
		replace[file] = ""
	}
	for _, file := range slices.Sorted(maps.Keys(v.overlay)) {
		if _, isLeftOut := replace[file]; isLeftOut {
			continue
		}
		hash := sha256.Sum256(fmt.Appendf(nil, "%q %s", file, v.overlay[file]))
		name := filepath.Join(o.dir, fmt.Sprintf("%x", hash[:8]), filepath.Base(file))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(name, []byte(v.overlay[file]), 0o600); err != nil {
			return nil, err
		}
		o.actual[name], replace[file] = file, name
		o.keys[filepath.Dir(file)] += filepath.Base(filepath.Dir(name))
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	list, err := os.CreateTemp(o.dir, "overlay-*.json")
	if err != nil {
		return nil, err
	}
	_, err = list.Write(data)
	if err := errors.Join(err, list.Close()); err != nil {
		return nil, err
	}
	o.flags = []string{"-overlay=" + list.Name()}
	for _, dir := range slices.Sorted(maps.Keys(o.keys)) {
		rel, err := filepath.Rel(v.dir, dir)
		if err != nil {
			return nil, err
		}
		o.flags = append(o.flags, fmt.Sprintf("-gcflags=./%s=-env=REVLINT_UNSAVED=%s", filepath.ToSlash(rel), o.keys[dir]))
	}
	return o, nil
}

// remove takes the list away; the files may be those of another run, too, and stay
// until the process ends: see RemoveUnsaved.
func (o *overlay) remove() {
	for _, flag := range o.flags {
		if list, ok := strings.CutPrefix(flag, "-overlay="); ok {
			_ = os.Remove(list)
		}
	}
	if o.dir != "" {
		_ = os.Remove(o.dir) // unless there is something in it
	}
}

// RemoveUnsaved removes the temporary files of this process.
func RemoveUnsaved() error {
	err := os.RemoveAll(filepath.Join(os.TempDir(), fmt.Sprintf("revlint-%d", os.Getpid())))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// rename puts the names of files in place of the temporary ones.
func (o *overlay) rename(r *vetResult) {
	if len(o.actual) == 0 {
		return
	}
	for temporary, file := range o.actual {
		if rel, err := filepath.Rel(o.from, temporary); err == nil { // as the go command writes names
			r.text = strings.ReplaceAll(r.text, "."+string(filepath.Separator)+rel, file)
			r.text = strings.ReplaceAll(r.text, rel, file)
		}
		r.text = strings.ReplaceAll(r.text, temporary, file)
	}
	name := func(file *string) {
		if known, ok := o.actual[*file]; ok {
			*file = known
		}
	}
	for _, f := range r.findings {
		name(&f.File)
		for i := range f.Related {
			name(&f.Related[i].File)
		}
		for _, fix := range f.Fixes {
			for i := range fix.Edits {
				name(&fix.Edits[i].File)
			}
		}
	}
	for _, s := range r.stats {
		for _, a := range s.told {
			name(&a.File)
			if a.Loan == nil {
				continue
			}
			name(&a.Loan.File)
			for i := range a.Loan.Ends {
				name(&a.Loan.Ends[i].File)
			}
			for i := range a.Loan.Lost {
				name(&a.Loan.Lost[i].File)
			}
		}
		for _, c := range s.calls {
			name(&c.File)
		}
	}
}
