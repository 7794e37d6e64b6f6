package everyday

import (
	"errors"
	"net"
	"os"
)

// What is opened in a loop is gathered in a slice, and lost with it where the loop fails.

func badEarlierFilesAreLost(names []string) (fs []*os.File, err error) {
	for _, n := range names {
		f, err := os.Open(n) // want revleak
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func badTheFileAndTheEarlierOnes(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n) // want revleak
		if err != nil {
			return nil, err
		}
		fi, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if fi.IsDir() {
			f.Close()
			continue
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okEarlierFilesAreClosed(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			for _, f := range fs {
				f.Close()
			}
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okEarlierFilesAreGivenBack(names []string) ([]*os.File, error) {
	var fs []*os.File
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return fs, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okGatheredAndClosedByADefer(names []string) (fs []*os.File, err error) {
	defer func() {
		if err != nil {
			for _, f := range fs {
				f.Close()
			}
		}
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func okGatheredAndCounted(addrs []string) ([]net.Listener, error) {
	var all []net.Listener
	for _, a := range addrs {
		l, err := net.Listen("tcp", a)
		if err != nil {
			continue
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		return nil, errors.New("none")
	}
	return all, nil
}

func okGatheredWithErrors(addrs []string) ([]net.Listener, error) {
	var all []net.Listener
	var errs []error
	for _, a := range addrs {
		l, err := net.Listen("tcp", a)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, l)
	}
	return all, errors.Join(errs...)
}

func okClosesAll(names []string) (n int, err error) {
	fs, err := okGatheredWithErrors(names)
	if err != nil {
		return 0, err
	}
	for _, f := range fs {
		n++
		f.Close()
	}
	return n, nil
}

func okNamesOfAll(names []string) (out []string, err error) {
	fs, err := okEarlierFilesAreClosed(names)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		out = append(out, f.Name())
		f.Close()
	}
	return out, nil
}

func okGatheredAndDeferred(names []string) (n int, err error) {
	var fs []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return n, err
		}
		defer f.Close()
		fs = append(fs, f)
		n++
	}
	_ = fs
	return n, nil
}

func badGatheredForNothing(names []string) (n int, err error) {
	var fs []*os.File
	for _, name := range names {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return n, err
		}
		fs = append(fs, f)
		n++
	}
	_ = fs
	return n, nil
}
