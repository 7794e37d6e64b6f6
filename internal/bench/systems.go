package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/registry"
	"github.com/revlint/revlint/revocable/revio"
)

const (
	lookup      = "registry.Lookup among 1,000 names"
	ref         = "registry.Ref, TryAccess + Release"
	bareRead    = "Read of a byte, bare connection"
	wrappedRead = "Read of a byte, wrapped by revio.Conn"
)

// systems are what stands on the core: they are measured as the peers are, on one processor, beside the floor.
var systems = []peer{
	{name: lookup, start: func() func(int) int {
		r, name := populated()
		return func(n int) (sum int) {
			for range n {
				if h, err := registry.Lookup[sensor](r, name); err == nil && h.Alive() {
					sum++
				}
			}
			return sum
		}
	}},
	{name: ref, start: func() func(int) int {
		r, name := populated()
		f := registry.Follow[sensor](r, name)
		return func(n int) (sum int) {
			for range n {
				if s, g := f.TryAccess(); s != nil {
					sum += s.value
					g.Release()
				}
			}
			return sum
		}
	}},
	{name: bareRead, start: func() func(int) int { return readLoop(ones{}) }},
	{name: wrappedRead, start: func() func(int) int {
		c, _ := revio.Conn(ones{})
		return readLoop(c)
	}},
}

// populated is a registry of a thousand names, and one of them.
func populated() (*registry.Registry, string) {
	r := new(registry.Registry)
	for i := range 1000 {
		if _, err := registry.Publish(r, fmt.Sprint("i2c/", i), revocable.NewProvider(&sensor{1})); err != nil {
			panic(err)
		}
	}
	return r, "i2c/500"
}

func readLoop(c io.Reader) func(int) int {
	return func(n int) (sum int) {
		p := make([]byte, 1)
		for range n {
			_, _ = c.Read(p)
			sum += int(p[0])
		}
		return sum
	}
}

// ones is a connection that gives nothing else, and never ends.
type ones struct{ net.Conn }

func (ones) Read(p []byte) (int, error)  { p[0] = 1; return 1, nil }
func (ones) LocalAddr() net.Addr         { return nil }
func (ones) RemoteAddr() net.Addr        { return nil }
func (ones) SetDeadline(time.Time) error { return nil }

// replug returns how much of its processor's time n names take to come and go. (Of a clock's, on a machine that is
// shared, it would be the others' time.)
func replug(n int) (took time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint("dev/", i)
	}
	entries := make([]*registry.Entry, n)
	var r registry.Registry
	begin := threadTime()
	for i, name := range names {
		entries[i], _ = registry.Publish(&r, name, revocable.NewProvider(&sensor{1}))
	}
	for _, e := range entries {
		_ = e.Withdraw(context.Background())
	}
	return threadTime() - begin
}

// systemBars prints what the registry and revio promise, and whether this run kept it.
func systemBars(rounds int) error {
	beside := append([]peer{find(floor)}, systems...)
	figures := measure(beside, 1, rounds)
	for _, s := range beside {
		if figures[s.name].clean == 0 {
			return fmt.Errorf("no clean sample of %q in %d rounds: the machine is too busy", s.name, rounds)
		}
	}
	base := figures[floor].median
	fmt.Println("\n| promise | bar | here | kept | allocations | clean samples |\n|---|---|---|---|---|---|")
	line := func(name, what, bar string, value float64, kept bool) {
		loop := find(name).start()
		allocations := testing.AllocsPerRun(100, func() { loop(1) })
		if name == bareRead || name == wrappedRead {
			allocations-- // the loop's own byte
		}
		f := figures[name]
		fmt.Printf("| %s | %s | %.2f | %v | %.0f | %d/%d |\n", what, bar, value, kept, allocations, f.clean, f.taken)
	}
	ns := figures[lookup].median
	line(lookup, lookup+", ns", "≤ 50", ns, ns <= 50)
	ratio := figures[ref].median / base
	line(ref, ref+", × floor", "≤ 1.6", ratio, ratio <= 1.6)
	more := (figures[wrappedRead].median - figures[bareRead].median) / base
	line(wrappedRead, wrappedRead+", more than bare, × floor", "≤ 1.6", more, more <= 1.6)
	took := replug(100_000)
	for range 4 {
		took = min(took, replug(100_000))
	}
	fmt.Printf("| Publish + Withdraw of 100,000 names, best of five, s of a processor | < 1 | %.2f | %v | | |\n", took.Seconds(), took < time.Second)
	return nil
}
