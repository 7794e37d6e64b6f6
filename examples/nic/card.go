//go:build unix

package main

import (
	"os"
	"path/filepath"
	"sync"
)

// A slot is where cards are plugged in: the wires between a card and its driver.
type slot struct {
	path      string        // the memory of the card
	interrupt chan struct{} // the card asks for attention; one request covers all causes
	doorbell  chan struct{} // the driver has written to a register that the card watches
}

func newSlot(path string) *slot {
	return &slot{path: path, interrupt: make(chan struct{}, 1), doorbell: make(chan struct{}, 1)}
}

func raise(wire chan<- struct{}) {
	select {
	case wire <- struct{}{}:
	default: // it is raised already
	}
}

// A card is the hardware: it is the other side of the driver's memory, and knows nothing
// of drivers, devices and tokens.
type card struct {
	slot  *slot
	regs  *registers
	rings *rings

	pulled chan struct{}
	off    sync.WaitGroup
}

// plugIn makes a card, with its memory in a new file of the directory, and powers it up.
func plugIn(dir, name string, id uint32) (*card, error) {
	c := &card{slot: newSlot(filepath.Join(dir, name)), pulled: make(chan struct{})}
	memory := make([]byte, registersSize()+ringsSize())
	if err := os.WriteFile(c.slot.path, memory, 0o600); err != nil {
		return nil, err
	}
	var err error
	if c.regs, err = mapRegisters(c.slot.path); err != nil {
		return nil, err
	}
	if c.rings, err = mapRings(c.slot.path); err != nil {
		c.regs.unmap()
		return nil, err
	}
	c.regs.id.Store(id)
	c.regs.link.Store(1)
	c.off.Go(c.run)
	return c, nil
}

// run is what the card does all day.
func (c *card) run() {
	for {
		select {
		case <-c.pulled:
			return
		case <-c.slot.doorbell:
			c.loopBack()
		}
	}
}

// loopBack sends the frames in tx to rx, as far as there is room.
func (c *card) loopBack() {
	if c.regs.control.Load() != enable {
		return
	}
	sent, received := c.regs.txHead.Load(), c.regs.rxTail.Load()
	var cause uint32
	for sent != c.regs.txTail.Load() {
		if received-c.regs.rxHead.Load() == ringSize {
			break // the driver rings when it has made room
		}
		c.rings.rx[received%ringSize] = c.rings.tx[sent%ringSize]
		sent, received = sent+1, received+1
		c.regs.txHead.Store(sent)
		c.regs.rxTail.Store(received)
		cause |= causeSent | causeReceived
	}
	if cause &= c.regs.mask.Load(); cause != 0 {
		c.regs.cause.Or(cause)
		raise(c.slot.interrupt)
	}
}

// pull takes the card out of its slot, whatever it, its driver and its users are doing.
// On the driver's side the registers remain, as they do on a bus, and read as allOnes.
func (c *card) pull() {
	close(c.pulled)
	c.off.Wait()
	r := c.regs
	for _, register := range []interface{ Store(uint32) }{
		&r.id, &r.control, &r.link, &r.cause, &r.mask, &r.txTail, &r.txHead, &r.rxTail, &r.rxHead,
	} {
		register.Store(allOnes)
	}
	raise(c.slot.interrupt) // the wire is torn out
	c.rings.unmap()
	c.regs.unmap()
}
