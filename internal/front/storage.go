package front

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// storageTrouble tells why the go command cannot keep what it has to, "" where it can:
// a full or read-only cache makes it fail in many ways, not all of which say so.
func (v *vetRun) storageTrouble(ctx context.Context) string {
	cmd := exec.CommandContext(ctx, "go", "env", "-json", "GOCACHE", "GOTMPDIR")
	cmd.Dir = v.dir
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	var env struct{ GOCACHE, GOTMPDIR string }
	if err := json.Unmarshal(out, &env); err != nil {
		return ""
	}
	if env.GOTMPDIR == "" {
		env.GOTMPDIR = os.TempDir()
	}
	for _, place := range []struct{ dir, what, cure string }{
		{env.GOCACHE, "the go command's cache", "GOCACHE names another, go clean -cache empties it"},
		{env.GOTMPDIR, "the go command's folder for temporary files", "GOTMPDIR names another"},
	} {
		if !filepath.IsAbs(place.dir) { // off
			continue
		}
		if err := writable(place.dir); err != nil {
			var at *fs.PathError
			if errors.As(err, &at) {
				err = at.Err
			}
			return fmt.Sprintf("revlint: nothing can be written to %s, %s: %v (%s)\n", place.what, place.dir, err, place.cure)
		}
	}
	return ""
}

// writable tries to write a file as large as a small package's facts.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "revlint-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 64<<10))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
