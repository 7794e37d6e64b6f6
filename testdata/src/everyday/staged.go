package everyday

import (
	"errors"
	"fmt"
	"os"
)

// What closes a file stands in the field of a struct, and so do the files, in elements.

type operations struct {
	closeFile func(*os.File) error
	stat      func(string) (os.FileInfo, error)
}

func (o operations) close(f *os.File, context string) error {
	if f == nil {
		return nil
	}
	if err := o.closeFile(f); err != nil {
		return fmt.Errorf("%s: %w", context, err)
	}
	return nil
}

func standard() operations { return operations{closeFile: (*os.File).Close, stat: os.Stat} }

func closeStandard(f *os.File, context string) error { return standard().close(f, context) }

func okClosedByField(name string) (n string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, closeStandard(f, "close")) }()
	return f.Name(), nil
}

func badNotClosedByField(name string) (n string, err error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return "", err
	}
	_, err = standard().stat(f.Name())
	return f.Name(), err
}

type stagedFile struct {
	file    *os.File
	context string
}

type staging struct {
	out    stagedFile
	inputs []stagedFile
	more   []func() error
	ops    operations
}

func newStaging(in, out *os.File) staging {
	return staging{out: stagedFile{out, "out"}, inputs: []stagedFile{{in, "in"}}, ops: standard()}
}

func openStaging(in *os.File, name string) (staging, error) {
	f, err := os.Create(name)
	if err != nil {
		return staging{}, err
	}
	return newStaging(in, f), nil
}

func (s staging) closeInputs() error {
	var errs []error
	for _, i := range s.inputs {
		errs = append(errs, s.ops.close(i.file, i.context))
	}
	for _, f := range s.more {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}

func (s staging) cleanup(err error) error {
	return errors.Join(err, s.ops.close(s.out.file, "out"), s.closeInputs())
}

func okStaged(in, out string) (err error) {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	s, err := openStaging(f, out)
	if err != nil {
		return errors.Join(err, closeStandard(f, "in"))
	}
	defer func() { err = s.cleanup(err) }()
	_, err = f.Stat()
	return err
}

func badStaged(in, out string) (err error) {
	f, err := os.Open(in) // want revleak
	if err != nil {
		return err
	}
	if in == out {
		return errors.New("the same")
	}
	s, err := openStaging(f, out)
	if err != nil {
		return errors.Join(err, closeStandard(f, "in"))
	}
	return s.cleanup(nil)
}
