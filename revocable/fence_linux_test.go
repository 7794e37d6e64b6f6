//go:build linux && (amd64 || arm64) && !race && !revocable_portable

package revocable

import (
	"flag"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// readerTag is the build tag by which a build has the same readers as this.
const readerTag = ""

// useSlots has accesses counted in slots, or taken as others are.
func useSlots(t *testing.T, slots bool) {
	before := slotsWork()
	if slots && !before {
		t.Log("no membarrier here")
		return
	}
	plainStores = slots
	t.Cleanup(func() { plainStores = before })
}

// tryEnter makes an Enter stop before it looks at the gate. The function returned goes on.
func tryEnter(s *slot) (goOn func() bool) {
	arrive(s)
	return func() bool { return s.open.Load() >= 0 || enterReaderSlow(s) }
}

var litmusFor = flag.Duration("litmus", 0, "how long TestLitmus runs, with and without the fence; 0: shortly, and without misses being expected")

// TestLitmus lets a reader arrive at a gate while it is shut, on another processor, and looks whether the reader is
// in although the revoker has not seen it. With the fence that must not be; without, on a machine that has two processors
// and store buffers, it happens, or the test would not show anything.
func TestLitmus(t *testing.T) {
	if runtime.NumCPU() < 2 {
		t.Skip("needs two processors")
	}
	if !slotsWork() {
		t.Skip("needs membarrier")
	}
	d := max(*litmusFor, 100*time.Millisecond)
	rounds, missed := litmus(d, fence)
	t.Logf("with the fence: %d readers missed in %d rounds", missed, rounds)
	if missed > 0 {
		t.Error("the fence does not do what it is for")
	}
	rounds, missed = litmus(d, func() {})
	t.Logf("without: %d readers missed in %d rounds", missed, rounds)
	if missed == 0 && *litmusFor > 0 {
		t.Error("nothing is missed without the fence: the test shows nothing")
	}
}

// A cell is one gate and one reader, on cache lines of their own.
type cell struct {
	slot
	_       [128 - slotSize]byte
	gate    counter
	entered bool
	missed  bool
	_       [128 - 16]byte
}

func litmus(d time.Duration, fence func()) (rounds, missed int) {
	cells := make([]cell, 512)
	var turn, ready atomic.Int64
	go func() {
		pin(0)
		for round := int64(1); ; round++ {
			for turn.Load() != round {
				if turn.Load() < 0 {
					return
				}
			}
			for i := range cells {
				c := &cells[i]
				c.entered = arrive(&c.slot) >= 0
			}
			ready.Store(round)
		}
	}()
	done := make(chan struct{})
	go func() {
		defer close(done)
		pin(1)
		for round, end := int64(1), time.Now().Add(d); time.Now().Before(end); round++ {
			for i := range cells {
				c := &cells[i]
				*c = cell{}
				c.open = &c.gate
			}
			turn.Store(round)
			for i := range cells {
				c := &cells[i]
				c.gate.Or(shut)
				fence()
				c.missed = !c.in()
			}
			for ready.Load() != round {
			}
			for i := range cells {
				rounds++
				if cells[i].missed && cells[i].entered {
					missed++
				}
			}
		}
		turn.Store(-1)
	}()
	<-done
	return rounds, missed
}

// pin ties the calling goroutine to one processor, for good.
func pin(processor int) {
	runtime.LockOSThread()
	set := [16]uint64{1 << processor}
	_, _, _ = syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
}
