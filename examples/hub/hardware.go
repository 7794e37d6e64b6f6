package main

import "sync/atomic"

// ports is how many ports the hub has.
const ports = 2

// A bus carries transfers while it is up. Its fields, but for the counter, are plain: a transfer that nobody waited
// for is a data race with the shutdown, even where the check does not meet it.
type bus struct {
	up        bool
	transfers atomic.Int64
}

func (b *bus) transfer(data byte) byte {
	if !b.up {
		panic("transfer on a bus that was shut down")
	}
	b.transfers.Add(1)
	return data ^ 0xff
}

func (b *bus) shutDown() { b.up = false }

// Power is that of the hub's ports.
type power struct{ on bool }

func (p *power) check() {
	if !p.on {
		panic("transfer through a port without power")
	}
}

func (p *power) off() { p.on = false }

// A lamp shows that a function is in use.
type lamp struct{ lit bool }

func (l *lamp) blink() {
	if !l.lit {
		panic("a lamp that was taken away blinks")
	}
}
