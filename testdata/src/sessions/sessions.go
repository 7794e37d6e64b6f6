// Package sessions uses devices whose sessions are tokens.
package sessions

import (
	"errors"

	"github.com/revlint/revlint/testdata/src/lib/dev"
)

type driver struct {
	dev     *dev.Device
	block   *dev.Block
	session *dev.Session
	regs    []uint32
	last    uint32
}

func (d *driver) poll() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.last = s.Read(0)
		s.Write(1, d.last+1)
		return nil
	})
}

func (d *driver) keep() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.session = s // want revbound
		return nil
	})
}

func (d *driver) keepRegisters() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.regs = s.Registers() // want revbound
		return nil
	})
}

func (d *driver) copyRegisters() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.regs = append(d.regs[:0], s.Registers()...)
		return nil
	})
}

func (d *driver) clearedInTime(f func() error) error {
	return d.dev.Do(func(s *dev.Session) error {
		d.session = s
		defer func() { d.session = nil }()
		return f()
	})
}

func (d *driver) passedDown() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.program(s, 7)
		return d.verify(s, 7)
	})
}

func (d *driver) program(s *dev.Session, v uint32) {
	for i := range 16 {
		s.Write(i, v)
	}
}

func (d *driver) verify(s *dev.Session, v uint32) error {
	mem, err := d.block.Map(s)
	if err != nil {
		return err
	}
	for _, m := range mem {
		if m != v {
			return errors.New("verify failed")
		}
	}
	return nil
}

// A session that is a parameter may not be kept either.
func (d *driver) attach(s *dev.Session) {
	d.session = s // want revbound
}

func (d *driver) inGoroutine() error {
	return d.dev.Do(func(s *dev.Session) error {
		go d.program(s, 1) // want revbound
		return nil
	})
}

func (d *driver) inGoroutineJoined() error {
	return d.dev.Do(func(s *dev.Session) error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			d.program(s, 1)
		}()
		<-done
		return nil
	})
}

func forge() *dev.Session {
	return &dev.Session{} // want revbound
}

func forgeByNew() *dev.Session {
	return new(dev.Session) // want revbound
}

func forgeByVar(d *driver) {
	var s dev.Session // want revbound
	d.program(&s, 1)
}

func nilSession() *dev.Session {
	var s *dev.Session
	return s
}

func (d *driver) escapes() (s *dev.Session, err error) {
	err = d.dev.Do(func(t *dev.Session) error {
		s = t // want revbound
		return nil
	})
	return s, err
}

func (d *driver) powerOffInside() error {
	return d.dev.Do(func(s *dev.Session) error {
		d.dev.PowerOff() // want revwait
		return nil
	})
}

func (d *driver) powerOffAfterwards() error {
	defer d.dev.PowerOff()
	return d.poll()
}

func (d *driver) powerOffOther(other *driver) error {
	return d.dev.Do(func(s *dev.Session) error {
		other.dev.PowerOff()
		return nil
	})
}

func sum(words []uint32) (n uint32) {
	for _, w := range words {
		n += w
	}
	return n
}

func (d *driver) checksum() (n uint32, err error) {
	err = d.dev.Do(func(s *dev.Session) error {
		n = sum(s.Registers())
		return nil
	})
	return n, err
}
