package certainty

import (
	"context"
	"errors"
	"os"

	"github.com/revlint/revlint/revocable/device"
)

// What a callback takes over was left to it: whether its callee comes to run it before it fails, is the
// callee's affair.

func attachLine(name string, line *os.File) (*device.Device, error) {
	d := device.New(name)
	err := d.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { _ = line.Close() })
		if line.Name() == "" {
			return errors.New("no name")
		}
		return nil
	})
	return d, err
}

func okAttached(ctx context.Context, name string) error {
	line, err := os.Open(name)
	if err != nil {
		return err
	}
	d, err := attachLine(name, line)
	if err != nil {
		return err
	}
	return d.Unbind(ctx)
}

func okBoundHere(ctx context.Context, name string) error {
	line, err := os.Open(name)
	if err != nil {
		return err
	}
	d := device.New(name)
	if err := d.Bind(func(c *device.Core) error {
		c.Bound().OnUnbind(func() { _ = line.Close() })
		return nil
	}); err != nil {
		return err
	}
	return d.Unbind(ctx)
}

type dock struct {
	taken bool
	held  []*os.File
}

var errTaken = errors.New("taken")

//revlint:scoped probe
func (k *dock) bind(probe func() error) error {
	if k.taken {
		return errTaken
	}
	k.taken = true
	return probe()
}

func dockLine(k *dock, line *os.File) error {
	return k.bind(func() error {
		k.held = append(k.held, line)
		return nil
	})
}

func closeDocked(k *dock, line *os.File) error {
	return k.bind(func() error { return line.Close() })
}

func okDocked(k *dock, name string) error {
	line, err := os.Open(name)
	if err != nil {
		return err
	}
	return dockLine(k, line)
}

func okClosedDocked(k *dock, name string) error {
	line, err := os.Open(name)
	if err != nil {
		return err
	}
	if err := closeDocked(k, line); err != nil {
		return err
	}
	return nil
}

func sized(k *dock, line *os.File) (n int64, err error) {
	err = k.bind(func() error {
		info, err := line.Stat()
		if err == nil {
			n = info.Size()
		}
		return err
	})
	return n, err
}

// The callback looks at it, and no more.
func badSized(k *dock, name string) (int64, error) {
	line, err := os.Open(name) // want revleak
	if err != nil {
		return 0, err
	}
	return sized(k, line)
}

func badBefore(k *dock, name string) error {
	line, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	if k.taken {
		return errTaken
	}
	return dockLine(k, line)
}
