package revocable

import (
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"testing"
	"unsafe"
)

// The fast paths are worth little as calls. Their costs lie at the inliner's limit, so the compiler
// itself is asked; a new compiler that counts otherwise shows here first.
func TestFastPathsAreInlined(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the compiler")
	}
	if strconv.IntSize < 64 {
		t.Skip("where 64-bit atomics are calls, inlining them would gain nothing")
	}
	gotool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("needs the go command")
	}
	// Built from another package, for generic code is compiled where it is used.
	cmd := exec.Command(gotool, "build", "-tags="+readerTag, "-gcflags=-m=2", "./testdata/inlined")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, method := range []string{`Handle\[.*\]\.TryAccess`, `Handle\[.*\]\.TryHold`, `Handle\[.*\]\.Alive`,
		`\(\*Reader\[.*\]\)\.Enter`, `\(\*Reader\[.*\]\)\.Leave`,
		`\(\*Guard\)\.Release`, `\(\*Guard\)\.Revoked`} {
		if !regexp.MustCompile(`inlining call to revocable\.` + method).Match(out) {
			t.Errorf("the compiler did not inline %s:\n%s", method,
				regexp.MustCompile(`(?m)^.*cannot inline.*$`).FindAll(out, -1))
		}
	}
}

func TestNoAllocation(t *testing.T) {
	undebugged(t)
	res := new(int)
	revoked := NewProvider(res)
	revoked.Revoke()
	sharded := NewProvider(res)
	sharded.promote()
	nothing := func(*int) error { return nil }
	for name, h := range map[string]Handle[int]{
		"inline": NewProvider(res).Handle(), "sharded": sharded.Handle(), "revoked": revoked.Handle(), "zero": {},
	} {
		for op, f := range map[string]func(){
			"TryAccess and Release": func() {
				p, g := h.TryAccess()
				if p != nil {
					*p++
				}
				g.Release()
			},
			"deferred Release": func() {
				if p, g := h.TryAccess(); p != nil {
					defer g.Release()
					*p++
				}
			},
			"nested": func() {
				_, a := h.TryAccess()
				_, b := h.TryAccess()
				a.Release()
				b.Release()
			},
			"With": func() { h.With(nothing) },
			"With2": func() {
				With2(h, h, func(a, b *int) error { *a++; return nil })
			},
			"Live": func() {
				for p := range h.Live() {
					*p++
				}
			},
			"Do": func() { Do(h, func(p *int) (int, error) { return *p, nil }) },
			"TryHold and Release": func() {
				g, _ := h.TryHold()
				_ = g.Revoked()
				g.Release()
			},
			"TryHold of a Holder": func() {
				g, _ := Holder(h).TryHold()
				g.Release()
			},
			"Alive":        func() { _ = h.Alive() },
			"UnsafeAccess": func() { _ = h.UnsafeAccess() },
		} {
			if n := testing.AllocsPerRun(100, f); n != 0 {
				t.Errorf("%s, %s: %v allocations", op, name, n)
			}
		}
	}
}

func TestIdleProviderFillsOneCacheLine(t *testing.T) {
	undebugged(t)
	if size := unsafe.Sizeof(Provider[chip]{}); size > 64 {
		t.Errorf("a provider has %d bytes", size)
	}
	if size := unsafe.Sizeof(shard{}); size != 128 {
		t.Errorf("a shard has %d bytes", size)
	}
	res := &chip{}
	var p *Provider[chip]
	var before, after runtime.MemStats
	const n = 1000
	runtime.ReadMemStats(&before)
	for range n {
		p = NewProvider(res)
	}
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(p)
	if perProvider := (after.TotalAlloc - before.TotalAlloc) / n; perProvider > 64 {
		t.Errorf("NewProvider allocates %d bytes", perProvider)
	}
	if strconv.IntSize == 64 && uintptr(unsafe.Pointer(p))%64 != 0 {
		t.Error("a provider straddles two cache lines")
	}
}
