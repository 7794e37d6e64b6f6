package revuse

import (
	"fmt"
	"io"
)

func fieldAfterRelease(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	g.Release()
	return f.seq // want revuse
}

func writeAfterRelease(h handle) {
	f, g := h.TryAccess()
	if f == nil {
		return
	}
	f.seq++
	g.Release()
	f.name = "" // want revuse
}

func methodAfterRelease(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	g.Release()
	return f.size() // want revuse
}

func onOneBranch(h handle, short bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	n := f.seq
	if short {
		g.Release()
	} else {
		n += f.size()
		g.Release()
	}
	n++
	return n + f.header.length // want revuse
}

// The access may have ended or not; one of the paths is wrong.
func onSomePath(h handle, short bool) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	if short {
		g.Release()
	}
	n := f.seq // want revuse
	if !short {
		g.Release()
	}
	return n
}

func throughInterface(h handle) error {
	f, g := h.TryAccess()
	if f == nil {
		return errGone
	}
	var w io.Writer = f
	g.Release()
	_, err := w.Write([]byte("x")) // want revuse
	return err
}

func throughCopy(h handle) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	other := f
	g.Release()
	return other.seq // want revuse
}

func inErrorMessage(h handle) error {
	f, g := h.TryAccess()
	if f == nil {
		return errGone
	}
	broken := f.seq < 0
	g.Release()
	if broken {
		return fmt.Errorf("frame %d is broken", f.seq) // want revuse
	}
	return nil
}

func deferredRunsAfter(h handle) {
	f, g := h.TryAccess()
	if f == nil {
		return
	}
	defer func() {
		f.seq = 0 // want revuse
	}()
	defer g.Release()
	f.seq++
}

func copyStruct(h handle) frame {
	f, g := h.TryAccess()
	if f == nil {
		return frame{}
	}
	g.Release()
	return *f // want revuse
}

func inSwitch(h handle, mode int) int {
	f, g := h.TryAccess()
	if f == nil {
		return 0
	}
	switch mode {
	case 0:
		g.Release()
		return 0
	case 1:
		g.Release()
		return f.seq // want revuse
	}
	defer g.Release()
	return f.size()
}
