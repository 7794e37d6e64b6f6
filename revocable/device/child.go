package device

// NewChild makes a device that is bound only while its parent is, b's device in its
// present binding: a function of a card, something on a bus. (Linux has them as
// multi-function and auxiliary devices, and leaves it to each driver to unbind them.)
//
// The child is bound and unbound as any other device, by a driver of its own, as often as
// one likes. An Unbind of the parent also unbinds it: it stops the child's callbacks before
// it takes anything away from the parent, and undoes the child's binding in its place among
// what the parent registered, which is that of the child's Bind. So a child finds all the
// resources of its parent, through [Bound.Parent], in all of its callbacks. Once an Unbind of
// the parent has begun, Bind of the child returns [ErrUnbound], also if probe was running:
// that is undone then. A child of an earlier binding of the parent stays unbound.
//
// NewChild registers nothing with the parent, and a child that is unbound leaves nothing
// behind there.
func (b *Bound) NewChild(name string) *Device {
	return &Device{name: name, parent: b.valid("Bound.NewChild")}
}

// Parent returns a token of the parent of b's device, which is valid as long as b is. It
// returns nil if the device has no parent.
//
//revlint:borrow p from b
func (b *Bound) Parent() (p *Bound) {
	b.valid("Bound.Parent")
	return b.rest().parent
}

// adopt registers a child, unless the binding is ending.
func (b *binding) adopt(c *binding) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ending {
		return false
	}
	b.add(&c.place, c)
	return true
}

// orphaned reports whether there is a parent and its unbind has begun.
func (b *binding) orphaned() bool {
	p := b.parent
	if p == nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ending
}

// children returns the bindings of the children, oldest first.
func (b *binding) children() (cs []*binding) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for e := b.oldest; e != nil; e = e.younger {
		if c, ok := e.undoer.(*binding); ok {
			cs = append(cs, c)
		}
	}
	return cs
}

// undo unbinds a child in its turn. If an Unbind of its own has begun, it waits for that.
func (b *binding) undo() {
	if b.claim() {
		b.finish()
	} else {
		<-b.done
	}
}
