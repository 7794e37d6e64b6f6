package unproved

import (
	"context"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

// A callee waits on some of its ways, for reasons of its own.

func unbindOnFirst(d *device.Device, n int) {
	if n == 1 {
		d.Unbind(context.Background())
	}
}

func waitsPerhaps(d *device.Device, n int) {
	_ = d.WithBound(func(*device.Bound) error {
		unbindOnFirst(d, n) // answer: unknown: paths or code out of sight may have ended it
		return nil
	})
}

func unbindOnSecond(d *device.Device, n int) { unbindOnFirst(d, n-1) }

func waitsPerhapsFurtherDown(d *device.Device, n int) {
	_ = d.WithBound(func(*device.Bound) error {
		unbindOnSecond(d, n) // answer: unknown: paths or code out of sight may have ended it
		return nil
	})
}

func waitsForAnother(d, other *device.Device, n int) {
	_ = d.WithBound(func(*device.Bound) error {
		unbindOnFirst(other, n)
		return nil
	})
}

// What a callee has sent may still be there after it has waited for something.

var sent = make(chan *sensor.Sensor, 8)

func sendAndWait(db *store.DB, s *sensor.Sensor, g revocable.Guard) {
	sent <- s
	_ = db.Close()
	g.Release()
}

func send(s *sensor.Sensor) { sent <- s }

func sentBelow(db *store.DB, h sensor.Handle) {
	if s, g := h.TryAccess(); s != nil {
		sendAndWait(db, s, g) // answer: unknown: paths or code out of sight may have ended it
	}
}

func sentAndWaitedFor(db *store.DB, h sensor.Handle) {
	if s, g := h.TryAccess(); s != nil {
		send(s) // answer: unknown: paths or code out of sight may have ended it
		_ = db.Close()
		g.Release()
	}
}

// Of what one way out leaves behind, nothing is known on another.

func beginInto(db *store.DB, tx **store.Tx, err *error, log func()) {
	*tx, *err = db.Begin(true) // answer: unknown: its guard was handed on
	if *err != nil {
		return
	}
	log()
}

func finish(tx *store.Tx) error { return tx.Commit() }

func finishesUnasked(db *store.DB, log func()) {
	var tx *store.Tx
	var err error
	beginInto(db, &tx, &err, log)
	_ = finish(tx) // answer: unknown: it is not known where it comes from
}
