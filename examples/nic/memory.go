//go:build unix

package main

import (
	"fmt"
	"math"
	"os"
	"sync/atomic"
	"syscall"
	"unsafe"
)

// registers is the first BAR (base address register: a region of a card's memory), one
// page long. The card and the driver share it, hence atomics, which is also what the
// hardware's volatile accesses are. Of a card that was pulled out every register reads
// as allOnes.
type registers struct {
	id      atomic.Uint32
	control atomic.Uint32 // enable, or 0
	link    atomic.Uint32 // 1 if the cable is in
	cause   atomic.Uint32 // causes of the interrupt; the driver takes them and leaves 0
	mask    atomic.Uint32 // the causes that the driver wants to be interrupted for
	txTail  atomic.Uint32 // how many frames the driver has put into rings.tx
	txHead  atomic.Uint32 // how many the card has taken out
	rxTail  atomic.Uint32 // how many frames the card has put into rings.rx
	rxHead  atomic.Uint32 // how many the driver has taken out
}

const (
	cardID  = 0x5256_4e43
	allOnes = math.MaxUint32
	enable  = 1

	causeSent     = 1 << 0
	causeReceived = 1 << 1
)

// rings is the second BAR. The counters in the registers say which of its frames are
// whose, so the bytes themselves are plain memory.
type rings struct {
	tx, rx [ringSize]frame
}

const ringSize = 16

type frame struct {
	length uint32
	data   [maxFrame]byte
}

const maxFrame = 252

func (f *frame) set(payload []byte) {
	f.length = uint32(copy(f.data[:], payload))
}

// payload returns a copy of the frame's bytes, since the frame is in memory that may go.
// What a card says of itself is not trusted, least of all that of one being pulled out.
func (f *frame) payload() []byte {
	return append([]byte(nil), f.data[:min(f.length, maxFrame)]...)
}

// The regions of a card's file, a page each at least, for pages are what can be mapped.
func registersSize() int { return os.Getpagesize() }

func ringsSize() int {
	page := os.Getpagesize()
	return (int(unsafe.Sizeof(rings{})) + page - 1) / page * page
}

func mapRegisters(path string) (*registers, error) {
	mem, err := mapRegion(path, 0, registersSize())
	return (*registers)(mem), err
}

func (r *registers) unmap() { unmapRegion(unsafe.Pointer(r), registersSize()) }

func mapRings(path string) (*rings, error) {
	mem, err := mapRegion(path, registersSize(), ringsSize())
	return (*rings)(mem), err
}

func (r *rings) unmap() { unmapRegion(unsafe.Pointer(r), ringsSize()) }

func mapRegion(path string, offset, size int) (unsafe.Pointer, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close() // the mapping does not need it any more
	mem, err := syscall.Mmap(int(file.Fd()), int64(offset), size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("mapping %s: %w", path, err)
	}
	return unsafe.Pointer(unsafe.SliceData(mem)), nil
}

func unmapRegion(mem unsafe.Pointer, size int) {
	if err := syscall.Munmap(unsafe.Slice((*byte)(mem), size)); err != nil {
		panic(fmt.Sprintf("unmapping: %v", err)) // not a mapping: the driver has lost track of its memory
	}
}
