// Package failingconstructors has constructors that store an access in what they make, and then fail.
package failingconstructors

import (
	"errors"
	"fmt"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

var errConfig = errors.New("bad configuration")

type config struct {
	rate int
	name string
}

func (c config) check() error {
	if c.rate <= 0 {
		return errConfig
	}
	return nil
}

// A client owns an access.
type client struct {
	s    *sensor.Sensor
	g    revocable.Guard
	tx   *store.Tx
	rate int
}

func (c *client) configure(cfg config) error {
	if err := cfg.check(); err != nil {
		return err
	}
	c.rate = cfg.rate
	return nil
}

func (c *client) Close() error {
	c.g.Release()
	if c.tx != nil {
		return c.tx.Rollback()
	}
	return nil
}

func okNewClient(h sensor.Handle, cfg config) (*client, error) {
	c := &client{}
	c.s, c.g = h.TryAccess()
	if c.s == nil {
		return nil, sensor.ErrGone
	}
	if err := c.configure(cfg); err != nil {
		c.g.Release()
		return nil, err
	}
	return c, nil
}

func okNewClientCloses(h sensor.Handle, cfg config) (_ *client, err error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	c := &client{s: s, g: g}
	defer func() {
		if err != nil {
			c.Close()
		}
	}()
	if err := c.configure(cfg); err != nil {
		return nil, fmt.Errorf("client of %s: %w", cfg.name, err)
	}
	return c, nil
}

func okChecksFirst(h sensor.Handle, cfg config) (*client, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	return &client{s: s, g: g, rate: cfg.rate}, nil
}

func okByValue(h sensor.Handle) (c client, err error) {
	c.s, c.g = h.TryAccess()
	if c.s == nil {
		return c, sensor.ErrGone
	}
	return c, nil
}

func (c *client) okIntoReceiver(h sensor.Handle, cfg config) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	if err := c.configure(cfg); err != nil {
		g.Release()
		return err
	}
	c.s, c.g = s, g
	return nil
}

func okBoth(h sensor.Handle, db *store.DB) (*client, error) {
	c := new(client)
	c.s, c.g = h.TryAccess()
	if c.s == nil {
		return nil, sensor.ErrGone
	}
	var err error
	if c.tx, err = db.Begin(true); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

func okUser(h sensor.Handle, cfg config) (float64, error) {
	c, err := okNewClient(h, cfg)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	return c.s.Read(), nil
}

func badNewClient(h sensor.Handle, cfg config) (*client, error) {
	c := &client{}
	c.s, c.g = h.TryAccess() // want revleak
	if c.s == nil {
		return nil, sensor.ErrGone
	}
	if err := c.configure(cfg); err != nil {
		return nil, err
	}
	return c, nil
}

func badNewClientInLiteral(h sensor.Handle, cfg config) (*client, error) {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return nil, sensor.ErrGone
	}
	c := &client{s: s, g: g}
	if err := c.configure(cfg); err != nil {
		return nil, fmt.Errorf("client of %s: %w", cfg.name, err)
	}
	return c, nil
}

func badByValue(h sensor.Handle, cfg config) (c client, err error) {
	c.s, c.g = h.TryAccess() // want revleak
	if c.s == nil {
		return c, sensor.ErrGone
	}
	if err := cfg.check(); err != nil {
		return client{}, err
	}
	return c, nil
}

func badBoth(h sensor.Handle, db *store.DB) (*client, error) {
	c := new(client)
	c.s, c.g = h.TryAccess() // want revleak
	if c.s == nil {
		return nil, sensor.ErrGone
	}
	var err error
	if c.tx, err = db.Begin(true); err != nil {
		return nil, err
	}
	return c, nil
}

func badTransaction(h sensor.Handle, db *store.DB) (*client, error) {
	tx, err := db.Begin(true) // want revleak
	if err != nil {
		return nil, err
	}
	c := &client{tx: tx}
	c.s, c.g = h.TryAccess()
	if c.s == nil {
		return nil, sensor.ErrGone
	}
	return c, nil
}

func (c *client) badIntoReceiver(h sensor.Handle, cfg config) error {
	s, g := h.TryAccess() // want revleak
	if s == nil {
		return sensor.ErrGone
	}
	if err := c.configure(cfg); err != nil {
		return err
	}
	c.s, c.g = s, g
	return nil
}

func badUser(h sensor.Handle, cfg config) (float64, error) {
	c, err := okNewClient(h, cfg) // want revleak
	if err != nil {
		return 0, err
	}
	return c.s.Read(), nil
}
