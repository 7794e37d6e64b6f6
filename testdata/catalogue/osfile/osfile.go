// Package osfile has the examples for the files of the standard library's os.
package osfile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

var errFormat = errors.New("unknown format")

// S28: the file stays open where its head is wrong.
func version(name string) (byte, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	head := make([]byte, 2)
	if _, err := io.ReadFull(f, head); err != nil {
		f.Close()
		return 0, err
	}
	if head[0] != 'v' {
		return 0, errFormat
	}
	return head[1], f.Close()
}

// S28: written to when it is closed.
func save(name string, text []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	_, err = f.Write([]byte("\n")) // want revuse
	return err
}

// S28: a helper opens it, and nobody closes it.
func countLines(name string) (n int, err error) {
	f, err := openData(name) // want revleak
	if err != nil {
		return 0, err
	}
	for s := bufio.NewScanner(f); s.Scan(); {
		n++
	}
	return n, nil
}

func openData(name string) (*os.File, error) { return os.Open(filepath.Join("data", name)) }

// S28: of fs.File, whatever it is.
func size(fsys fs.FS, name string) (int64, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// S28: of fs.FS, whatever it is, the file stays open.
func isThere(fsys fs.FS, name string) bool {
	_, err := fsys.Open(name) // want revleak
	return err == nil
}

// S28: closed.
func canBeOpened(fsys fs.FS, name string) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return false
	}
	return f.Close() == nil
}

// S67: the file that was made of a descriptor stays open where it is a folder.
func ofDescriptor(fd uintptr, name string) (*os.File, error) {
	f := os.NewFile(fd, name) // want revleak
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errFormat
	}
	return f, nil
}

// S67: closed in both cases.
func ofDescriptorOrClosed(fd uintptr, name string) (*os.File, error) {
	f := os.NewFile(fd, name)
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errFormat
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// S28: closed twice, once for the error; the name is known afterwards, too.
func replace(name string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(text); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// S28: a file that is nil has an error to return.
func exists(name string) bool {
	f, err := os.Open(name)
	defer f.Close()
	return err == nil
}

// S28: the caller closes what is returned.
func openAny(names ...string) (io.ReadCloser, error) {
	for _, name := range names {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return f, err
	}
	return nil, fs.ErrNotExist
}

// S29: the descriptor of a file that is closed.
func descriptor(name string) (uintptr, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Fd(), nil // want revescape
}

// S29: used while the file is open.
func withDescriptor(name string, do func(fd uintptr) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return do(f.Fd())
}

// S30: the end for reading stays open where nothing can be written.
func preload(text []byte) (*os.File, error) {
	r, w, err := os.Pipe() // want revleak
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		w.Close()
		return nil, err
	}
	return r, w.Close()
}

// S30: both are closed, or handed out.
func loaded(text []byte) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, errors.Join(err, w.Close(), r.Close())
	}
	if err := w.Close(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// S31: the root stays open.
func readIn(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir) // want revleak
	if err != nil {
		return nil, err
	}
	return root.ReadFile(name)
}

// S31: files that were opened through the root outlive it.
func openIn(dir, name string) (*os.File, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(name)
}

// S37: neither waited for nor released.
func spawn(name string) (pid int, err error) {
	p, err := os.StartProcess(name, nil, &os.ProcAttr{}) // want revleak
	if err != nil {
		return 0, err
	}
	return p.Pid, nil
}

// S37: released.
func detach(name string) (pid int, err error) {
	p, err := os.StartProcess(name, nil, &os.ProcAttr{})
	if err != nil {
		return 0, err
	}
	pid = p.Pid
	return pid, p.Release()
}
