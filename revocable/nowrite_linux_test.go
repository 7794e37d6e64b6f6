//go:build !race

package revocable

import (
	"os"
	"runtime/debug"
	"syscall"
	"testing"
	"unsafe"
)

// A provider on a page that cannot be written to shows that a refused access writes nothing: not even
// for a moment, as adding and taking back would.
func TestRefusedAccessWritesNothing(t *testing.T) {
	undebugged(t)
	page, err := syscall.Mmap(-1, 0, os.Getpagesize(), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Munmap(page)
	p := (*Provider[chip])(unsafe.Pointer(&page[0]))
	p.mode = modeInline
	p.Revoke()
	if err := syscall.Mprotect(page, syscall.PROT_READ); err != nil {
		t.Fatal(err)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	panics(t, func() { p.open.Add(1) }) // the page is what it should be
	h := p.Handle()
	refused(t, h)
	if With2(h, h, func(*chip, *chip) error { return nil }) != ErrRevoked {
		t.Error("not revoked")
	}
}
