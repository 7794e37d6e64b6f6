package history

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/fsnotify/fsnotify"
)

type evdevDevice struct {
	file    *os.File
	version int
}

func evdevVersion(fd uintptr) (int, error) {
	if fd == 0 {
		return 0, os.ErrInvalid
	}
	return int(fd), nil
}

// holoplot/go-evdev#10: the file of a device of which the version cannot be read stays open.
func evdevOpenBefore(path string) (*evdevDevice, error) {
	d := &evdevDevice{}
	var err error
	d.file, err = os.OpenFile(path, os.O_RDWR, 0) // want revleak
	if err != nil {
		return nil, err
	}
	d.version, err = evdevVersion(d.file.Fd())
	if err != nil {
		return nil, fmt.Errorf("cannot get driver version: %v", err)
	}
	return d, nil
}

func evdevOpenAfter(path string) (*evdevDevice, error) {
	d := &evdevDevice{}
	var err error
	d.file, err = os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	d.version, err = evdevVersion(d.file.Fd())
	if err != nil {
		_ = d.file.Close()
		return nil, fmt.Errorf("cannot get driver version: %v", err)
	}
	return d, nil
}

// micro-editor/micro#1958: a folder is opened, found to be one, and left open.
func microOpenBefore(name string) ([]byte, error) {
	file, err := os.Open(name) // want revleak
	info, serr := os.Stat(name)
	if serr != nil && !os.IsNotExist(serr) {
		return nil, serr
	}
	if err == nil && info.IsDir() {
		return nil, errors.New(name + " is a directory")
	}
	defer file.Close()
	if os.IsNotExist(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}

func microOpenAfter(name string) ([]byte, error) {
	info, serr := os.Stat(name)
	if serr != nil && !os.IsNotExist(serr) {
		return nil, serr
	}
	if serr == nil && info.IsDir() {
		return nil, errors.New(name + " is a directory")
	}
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
	}
	if os.IsNotExist(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}

// ngrok/tableroll 2a610e32: a file that only has to be there is left open.
func tablerollTouchBefore(path string) error {
	_, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o755) // want revleak
	return err
}

func tablerollTouchAfter(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o755)
	f.Close()
	return err
}

// flynn/flynn#3907: a schema that cannot be read stays open.
func flynnSchemasBefore(paths []string, into map[string]any) error {
	for _, path := range paths {
		file, err := os.Open(path) // want revleak
		if err != nil {
			return err
		}
		if err := json.NewDecoder(file).Decode(&into); err != nil {
			return fmt.Errorf("schema %s: %w", path, err)
		}
		file.Close()
	}
	return nil
}

func flynnSchemasAfter(paths []string, into map[string]any) error {
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		err = json.NewDecoder(file).Decode(&into)
		file.Close()
		if err != nil {
			return fmt.Errorf("schema %s: %w", path, err)
		}
	}
	return nil
}

// uber/tchannel-go 39c9bd9c, 2f2561bd: the file with the first nodes is read, and not closed.
func tchannelNodesBefore(name string) (nodes []string, err error) {
	if name != "" {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return nil, err
		}
		if err := json.NewDecoder(f).Decode(&nodes); err != nil {
			return nil, err
		}
	}
	if len(nodes) == 0 {
		return nil, errors.New("no nodes")
	}
	return nodes, nil
}

func tchannelNodesAfter(name string) (nodes []string, err error) {
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if err := json.NewDecoder(f).Decode(&nodes); err != nil {
			return nil, err
		}
	}
	if len(nodes) == 0 {
		return nil, errors.New("no nodes")
	}
	return nodes, nil
}

// agola-io/agola aced6e04: where an export goes is left open, unless it is standard output.
func agolaExportBefore(name string, from io.Reader) error {
	var w *os.File
	if name == "-" {
		w = os.Stdout
	} else {
		var err error
		w, err = os.Create(name) // want revleak
		if err != nil {
			return err
		}
	}
	_, err := io.Copy(w, bufio.NewReader(from))
	return err
}

func agolaExportAfter(name string, from io.Reader) error {
	var w *os.File
	if name == "-" {
		w = os.Stdout
	} else {
		var err error
		w, err = os.Create(name)
		if err != nil {
			return err
		}
		defer w.Close()
	}
	_, err := io.Copy(w, bufio.NewReader(from))
	return err
}

// cs3org/reva#1338: a folder that is listed stays open.
func revaListBefore(dir string) ([]string, error) {
	f, err := os.Open(dir) // want revleak
	if err != nil {
		if os.IsNotExist(err) {
			return nil, nil
		}
		return nil, err
	}
	names, err := f.Readdirnames(0)
	if err != nil {
		return nil, err
	}
	return names, nil
}

func revaListAfter(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, nil
		}
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(0)
	if err != nil {
		return nil, err
	}
	return names, nil
}

type calicoWatcher struct{ fs *fsnotify.Watcher }

// projectcalico/calico#13727: a folder that cannot be watched costs an inotify instance each time it is tried.
func calicoWatchBefore(dir string) (*calicoWatcher, error) {
	w, err := fsnotify.NewWatcher() // want revleak
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		return nil, fmt.Errorf("failed to watch %s: %w", dir, err)
	}
	return &calicoWatcher{fs: w}, nil
}

func calicoWatchAfter(dir string) (*calicoWatcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		w.Close()
		return nil, fmt.Errorf("failed to watch %s: %w", dir, err)
	}
	return &calicoWatcher{fs: w}, nil
}

// psviderski/uncloud#325: nobody waits for the command whose output is followed. What a function gives might be
// known to others, so revlint asks for the Wait only where there is one on another way.
func uncloudLogsBefore(unit string, out chan<- string) error {
	cmd := exec.Command("journalctl", "-f", "-u", unit)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil { // missed: revleak
		return err
	}
	s := bufio.NewScanner(stdout)
	for s.Scan() {
		out <- s.Text()
	}
	return s.Err()
}

func uncloudLogsAfter(unit string, out chan<- string) error {
	cmd := exec.Command("journalctl", "-f", "-u", unit)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Wait()
	s := bufio.NewScanner(stdout)
	for s.Scan() {
		out <- s.Text()
	}
	return s.Err()
}
