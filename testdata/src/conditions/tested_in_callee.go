package conditions

import "github.com/revlint/revlint/testdata/src/lib/wire"

// A block has its last message as long as others keep it.
type block struct {
	last  *wire.Msg
	weak  wire.Weak
	count int
}

// forget tests what it is about to look at.
func (b *block) forget() {
	if b.last != nil && len(b.last.Body) == 0 {
		b.last = nil
	}
	b.count = 0
}

// drop looks at the one that there is.
func (b *block) drop() {
	last := b.last
	if last == nil {
		last = b.weak.Get()
	}
	if last == nil {
		return
	}
	last.Body = nil
	b.last = nil
}

func (b *block) refreshAndDrop() {
	if b.last == nil {
		b.last = b.weak.Get()
	}
	b.drop()
}

func (b *block) forgetAtOnce() { b.last.Body = nil }

func (b *block) refresh() {
	if b.last == nil {
		b.last = b.weak.Get()
	}
	b.forget()
}

func (b *block) size() (n int) {
	strengthened := false
	if b.last == nil {
		b.last = b.weak.Get()
		strengthened = b.last != nil
	}
	if b.last != nil {
		n = len(b.last.Body)
	}
	if strengthened {
		b.forget()
	}
	return n
}

func (b *block) refreshUntested() {
	if b.last == nil {
		b.last = b.weak.Get()
	}
	b.forgetAtOnce() // want revnil
}
