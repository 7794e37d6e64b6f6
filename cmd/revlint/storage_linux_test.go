package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestStorage: where the go command can write nothing, to its cache or to its
// temporary folder, that is told, with exit code 2.
func TestStorage(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module example.com/m\ngo 1.26.0\n", "m.go": "package m\n\nimport _ \"container/list\"\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	full, readOnly := tmpfs(t, true), tmpfs(t, false)
	notAFolder := filepath.Join(dir, "go.mod")
	for _, c := range []struct{ name, env, want string }{
		{"full cache", "GOCACHE=" + full, "cache, " + full + ": no space left on device ("},
		{"read-only cache", "GOCACHE=" + readOnly, "cache, " + readOnly + ": read-only file system ("},
		{"no folder", "GOCACHE=" + notAFolder, "cache, " + notAFolder + ": not a directory ("},
		{"full temporary folder", "GOTMPDIR=" + full, "temporary files, " + full + ": no space left on device ("},
		{"read-only temporary folder", "GOTMPDIR=" + readOnly, "temporary files, " + readOnly + ": read-only file system ("},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := exec.Command(lookPath(t, "mocklint"))
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), c.env)
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), "\nrevlint: nothing can be written to the go command's ") || !strings.Contains(string(out), c.want) {
				t.Errorf("%v, and it says %s", err, out)
			}
		})
	}
}

// tmpfs is a folder to which nothing can be written, because it is full or
// read-only. Making one takes rights that not everybody has.
func tmpfs(t *testing.T, full bool) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("cannot mount a file system: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	if !full {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	f, err := os.Create(filepath.Join(dir, "full"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(make([]byte, 1<<20))
	if err = errors.Join(err, f.Close()); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("%v, want %v", err, syscall.ENOSPC)
	}
	return dir
}
