//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/examples/internal/planted"
	"github.com/revlint/revlint/revocable/device"
)

var stressTime = flag.Duration("stress", 500*time.Millisecond, "how long cards are pulled out under load")

// plugged is a card in its slot and the driver that was attached to it, in a bubble. The
// test ends with the card pulled out and the device unbound.
func plugged(t *testing.T) (*card, *nic) {
	t.Helper()
	c, err := plugIn(t.TempDir(), "card", cardID)
	if err != nil {
		t.Fatal(err)
	}
	n, err := attach(device.New("eth0"), c.slot)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		select {
		case <-c.pulled:
		default:
			c.pull()
		}
		unbind(t, n.dev)
	})
	return c, n
}

func unbind(t *testing.T, dev *device.Device) {
	t.Helper()
	if err := dev.Unbind(context.Background()); err != nil {
		t.Errorf("Unbind: %v", err)
	}
}

func TestLoopback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, n := plugged(t)
		for i := range 3 * ringSize { // more than a ring holds
			sent := bytes.Repeat([]byte{byte(i)}, i*maxFrame/(3*ringSize))
			if err := n.send(sent); err != nil {
				t.Fatalf("send %d: %v", i, err)
			}
			got, err := n.receive()
			if err != nil || !bytes.Equal(got, sent) {
				t.Fatalf("receive %d: %x, %v; want %x", i, got, err, sent)
			}
		}
	})
}

func TestFullRing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := plugged(t)
		c.regs.mask.Store(0) // no interrupt, so no work item, so nobody makes room
		full := 0
		for i := range 3 * ringSize {
			switch err := n.send([]byte{byte(i)}); {
			case errors.Is(err, syscall.ENOBUFS):
				full++
			case err != nil:
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if full != ringSize {
			t.Errorf("%d of %d frames are refused, want %d: one ring is full of sent frames, one of received", full, 3*ringSize, ringSize)
		}
		c.regs.mask.Store(causeSent | causeReceived)
		c.regs.cause.Store(causeReceived)
		raise(c.slot.interrupt)
		for i := range 2 * ringSize {
			if got, err := n.receive(); err != nil || !bytes.Equal(got, []byte{byte(i)}) {
				t.Fatalf("receive %d: %x, %v", i, got, err)
			}
		}
	})
}

func TestLongFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, n := plugged(t)
		if err := n.send(make([]byte, maxFrame+1)); !errors.Is(err, syscall.EMSGSIZE) {
			t.Errorf("send: %v, want EMSGSIZE", err)
		}
	})
}

func TestIoctl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, n := plugged(t)
		n.dropped.Store(3)
		for cmd, want := range map[command]uint32{getID: cardID, getLink: 1, resetCounters: 0} {
			if got, err := n.ioctl(cmd); got != want || err != nil {
				t.Errorf("ioctl %d: %#x, %v; want %#x", cmd, got, err, want)
			}
		}
		if n.dropped.Load() != 0 {
			t.Error("the counters are not reset")
		}
		if _, err := n.ioctl(99); !errors.Is(err, syscall.ENOTTY) {
			t.Errorf("unknown ioctl: %v, want ENOTTY", err)
		}
	})
}

func TestWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := plugged(t)
		for _, up := range []bool{false, true, false} {
			c.regs.link.Store(map[bool]uint32{true: 1}[up])
			time.Sleep(watchPeriod)
			synctest.Wait()
			if n.linkUp.Load() != up {
				t.Errorf("the watchdog sees the link up: %t, want %t", !up, up)
			}
		}
	})
}

func TestQuiesced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := plugged(t)
		unbind(t, n.dev)
		if c.regs.control.Load() != 0 || c.regs.mask.Load() != 0 {
			t.Error("the card is still at work after the unbind")
		}
	})
}

// wantGone checks that every operation of n fails in the way that a file's does.
func wantGone(t *testing.T, n *nic) {
	t.Helper()
	operations := map[string]func() error{
		"ioctl":   func() error { _, err := n.ioctl(getID); return err },
		"send":    func() error { return n.send(nil) },
		"receive": func() error { _, err := n.receive(); return err },
	}
	for name, operation := range operations {
		if err := operation(); err != syscall.ENODEV {
			t.Errorf("%s: %v, want ENODEV", name, err)
		}
	}
}

func TestRemoval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := plugged(t)
		asleep := make(chan error, 1)
		go func() { _, err := n.receive(); asleep <- err }()
		synctest.Wait()
		c.pull()
		synctest.Wait()
		if _, err := n.ioctl(getID); err != syscall.ENODEV {
			t.Errorf("ioctl of a card that is out but not unbound: %v, want ENODEV", err)
		}
		if err := n.send(nil); err != syscall.ENODEV {
			t.Errorf("send to a card that is out but not unbound: %v, want ENODEV", err)
		}
		unbind(t, n.dev)
		if err := <-asleep; err != syscall.ENODEV {
			t.Errorf("receive that slept: %v, want ENODEV", err)
		}
		wantGone(t, n)
	})
}

func TestStaleFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, stale := plugged(t)
		unbind(t, stale.dev)
		second, err := plugIn(t.TempDir(), "second", cardID)
		if err != nil {
			t.Fatal(err)
		}
		n, err := attach(stale.dev, second.slot)
		if err != nil {
			t.Fatal(err)
		}
		defer second.pull()
		wantGone(t, stale)
		if id, err := n.ioctl(getID); id != cardID || err != nil {
			t.Errorf("ioctl of the second card: %#x, %v", id, err)
		}
		unbind(t, n.dev)
	})
}

// mappings counts how often a file is mapped into this process.
func mappings(t *testing.T, path string) int {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/maps")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("this system does not tell what is mapped")
	} else if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(maps), path+"\n")
}

func TestUnbindUnmaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, n := plugged(t)
		both := mappings(t, c.slot.path)
		unbind(t, n.dev)
		if cards := mappings(t, c.slot.path); cards >= both || cards == 0 {
			t.Errorf("mapped %d times with the driver, %d times without", both, cards)
		}
		c.pull()
		if left := mappings(t, c.slot.path); left != 0 {
			t.Errorf("%d mappings are left", left)
		}
	})
}

func TestFailedProbeUnmaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := plugIn(t.TempDir(), "foreign", cardID+1)
		if err != nil {
			t.Fatal(err)
		}
		defer c.pull()
		before := mappings(t, c.slot.path)
		dev := device.New("eth0")
		if _, err := attach(dev, c.slot); err == nil || !strings.Contains(err.Error(), "none of ours") {
			t.Errorf("attach to a foreign card: %v", err)
		}
		if after := mappings(t, c.slot.path); after != before {
			t.Errorf("a failed probe leaves %d mappings", after-before)
		}
		if _, err := attach(dev, newSlot("nowhere")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("attach to an empty slot: %v, want ErrNotExist", err)
		}
	})
}

// TestRemovalUnderLoad pulls cards out while all operations, the interrupt thread, work
// items and the timer use them. What reaches a register too late ends the process, for it
// is not mapped any more. Run it longer with -stress=1m.
func TestRemovalUnderLoad(t *testing.T) {
	dir := t.TempDir()
	dev := device.New("eth0")
	var sent, received, ioctls int64
	for end, i := time.Now().Add(*stressTime), 0; time.Now().Before(end) || sent == 0 || received == 0 || ioctls == 0; i++ {
		name := fmt.Sprint("card", i)
		tally, err := removeUnderLoad(dev, dir, name, time.Duration(i%8)*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		sent, received, ioctls = sent+tally.sent.Load(), received+tally.received.Load(), ioctls+tally.ioctls.Load()
	}
	t.Logf("%d sent, %d received, %d ioctls", sent, received, ioctls)
}

func TestDemo(t *testing.T) {
	var out strings.Builder
	if err := demo(&out, 10*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "pulled out"); n != 2 {
		t.Errorf("the demo tells of %d cards, want 2:\n%s", n, &out)
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/devices.md")
}
