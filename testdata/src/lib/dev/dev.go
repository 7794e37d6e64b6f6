// Package dev hands out sessions: a session is proof that the device is
// powered, and valid only in the callback it is given to.
package dev

import "errors"

var (
	ErrOff   = errors.New("dev: off")
	ErrOther = errors.New("dev: session of another device")
)

type Device struct {
	on   bool
	regs [16]uint32
}

// A Session proves that its device is powered.
//
//revlint:token
type Session struct{ d *Device }

// Do calls fn while the device is powered.
//
//revlint:scoped fn, fn(s) from d
func (d *Device) Do(fn func(s *Session) error) error {
	if !d.on {
		return ErrOff
	}
	return fn(&Session{d})
}

// PowerOff waits for the sessions.
//
//revlint:waits d
func (d *Device) PowerOff() { d.on = false }

// Registers gives access to the registers.
//
//revlint:borrow r from s
func (s *Session) Registers() (r []uint32) { return s.d.regs[:] }

// Read reads one register.
func (s *Session) Read(i int) uint32 { return s.d.regs[i] }

// Write writes one register.
func (s *Session) Write(i int, v uint32) { s.d.regs[i] = v }

// A Block is a part of a device's memory.
type Block struct {
	d        *Device
	from, to int
}

func (d *Device) Block(from, to int) *Block { return &Block{d, from, to} }

// Reserve returns a block of the device that is powered.
func (s *Session) Reserve(from, to int) *Block { return s.d.Block(from, to) }

// Map gives access to the block while s lasts.
//
//revlint:borrow mem from s if err == nil
func (b *Block) Map(s *Session) (mem []uint32, err error) {
	if s.d != b.d {
		return nil, ErrOther
	}
	return b.d.regs[b.from:b.to], nil
}
