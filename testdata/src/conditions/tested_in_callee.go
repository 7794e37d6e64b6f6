package conditions

import "github.com/revlint/revlint/testdata/src/lib/wire"

// A fading message is there as long as it, or somebody else, keeps it.
type fading struct {
	weak   wire.Weak
	strong *wire.Msg
}

func (f *fading) get() *wire.Msg {
	if f == nil {
		return nil
	}
	if f.strong != nil {
		return f.strong
	}
	return f.weak.Get()
}

type block struct {
	last   *wire.Msg
	fading *fading
	count  int
}

// forget tests what it is about to look at.
func (b *block) forget() {
	if b.last == nil {
		return
	}
	b.last.Body = nil
	b.last = nil
	b.count = 0
}

// drop looks at the one that there is.
func (b *block) drop() {
	last := b.last
	if last == nil {
		last = b.fading.get()
	}
	if last == nil {
		return
	}
	last.Body = nil
	b.last = nil
}

func (b *block) forgetAtOnce() { b.last.Body = nil }

func (b *block) refreshAndForget() {
	if b.last == nil {
		b.last = b.fading.get()
	}
	b.forget()
}

func (b *block) refreshAndDrop() {
	if b.last == nil {
		b.last = b.fading.get()
	}
	b.drop()
}

func (b *block) refreshUntested() {
	if b.last == nil {
		b.last = b.fading.get()
	}
	b.forgetAtOnce() // want revnil
}
