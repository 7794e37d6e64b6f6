package contracts

import (
	"bytes"
	"strings"

	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/wire"
)

// Decision 27: the address of a field.
func derivedByAddress(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	field := &s.Value
	g.Release()
	return *field // want revuse
}

// Decision 27: a reslice of what a callee says it returns of it.
func derivedByReslice(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	window := s.Window(4)[1:]
	g.Release()
	return window[0] // want revuse
}

// Decision 27: an interface around it.
func derivedByInterface(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	var boxed any = s
	g.Release()
	return boxed.(*sensor.Sensor).Value // want revuse
}

// Decision 27: a closure that holds it.
func derivedByClosure(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	read := func() float64 { return s.Value } // want revuse
	g.Release()
	return read()
}

// Decision 27: a composite that holds it.
func derivedByComposite(h sensor.Handle) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	labelled := struct {
		label  string
		sensor *sensor.Sensor
	}{"a", s}
	g.Release()
	return labelled.sensor.Value // want revuse
}

// Decision 27: a container that holds it.
func derivedByContainer(h sensor.Handle) []*sensor.Sensor {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return []*sensor.Sensor{s} // want revescape
}

// Decision 27: what is read from a container may be another element.
func elementOfContainer(h sensor.Handle, all []*sensor.Sensor, i int) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	all = append([]*sensor.Sensor{s}, all...)
	g.Release()
	return all[i].Value
}

// Decision 27: slices and maps that are loaded from it.
func derivedByLoading(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	notes := s.Notes
	g.Release()
	return notes["a"] // want revuse
}

// Decision 27: a pointer that is loaded may be shared with others.
func pointerLoaded(p *wire.Parser) *wire.Value {
	v := p.Root()
	next := v.Next
	p.Parse("a")
	return next.Next
}

// Decision 27: but with deep it is derived.
func pointerLoadedDeep(p *wire.Parser) (*wire.Value, error) {
	v, err := p.Parse("a")
	if err != nil {
		return nil, err
	}
	next := v.Next
	if _, err := p.Parse("b"); err != nil {
		return nil, err
	}
	return next.Next, nil // want revuse
}

// Decision 27: and so is what a method returns.
func resultOfDeep(p *wire.Parser) (string, error) {
	v, err := p.Parse("a")
	if err != nil {
		return "", err
	}
	kid := v.Kid(0)
	if _, err := p.Parse("b"); err != nil {
		return "", err
	}
	return kid.Text(), nil // want revuse
}

type seen struct {
	value   float64
	name    string
	limits  sensor.Range
	history []float64
}

// Decision 28: numbers, strings and structs without slices are copies.
func copiedOut(h sensor.Handle, to *seen) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	to.value, to.name, to.limits = s.Value, s.Name, s.Range
	to.history = append([]float64(nil), s.History...)
	low := s.Range
	g.Release()
	return to.value + low.Low + float64(len(to.name))
}

// Decision 28: a slice is none.
func sliceOut(h sensor.Handle, to *seen) {
	s, g := h.TryAccess()
	if s == nil {
		return
	}
	defer g.Release()
	to.history = s.History // want revescape
}

// Decision 28: conversions copy, and appending bytes does.
func convertedBytes(s *scan.Scanner) (all []string, flat []byte) {
	for s.Scan() {
		all = append(all, string(s.Bytes())+"\n")
		flat = append(flat, s.Bytes()...)
	}
	return all, flat
}

// Decision 28: appending slices copies no bytes.
func appendedSlices(s *scan.Scanner) (all [][]byte) {
	for s.Scan() {
		all = append(all, [][]byte{s.Bytes()}...) // want revescape
	}
	return all
}

// Decision 28: what is scoped is not in the results.
func clonedByScoped(p *wire.Parser) (*wire.Value, error) {
	v, err := p.Parse("a")
	if err != nil {
		return nil, err
	}
	own := v.Clone()
	_, err = p.Parse("b")
	return own.Next, err
}

// Decision 29: the name lies in the connection's memory.
func keptName(p *wire.Pool) (string, error) {
	c, err := p.Take()
	if err != nil {
		return "", err
	}
	defer p.Put(c)
	return c.Peer()[1:], nil // want revescape
}

// Decision 29: a map keeps its key.
func keptAsKey(p *wire.Pool, seen map[string]bool) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	defer p.Put(c)
	seen[c.Peer()] = true // want revescape
	return nil
}

// Decision 29: copies of it.
func copiedName(p *wire.Pool, seen map[string]bool) (string, []byte, error) {
	c, err := p.Take()
	if err != nil {
		return "", nil, err
	}
	defer p.Put(c)
	name := c.Peer()
	seen[strings.Clone(name)] = true
	return name + "!", []byte(name), nil
}

// Decision 30: the number is of no use once the connection is another's.
func numberAfterwards(p *wire.Pool, use func(int)) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	fd := int(c.FD())
	p.Put(c)
	use(fd) // want revuse
	return nil
}

// Decision 30: what is computed from it is a number like any other.
func computedFromNumber(p *wire.Pool, use func(int)) error {
	c, err := p.Take()
	if err != nil {
		return err
	}
	fd := int(c.FD())
	use(fd)
	next := fd + 1
	p.Put(c)
	use(next)
	return nil
}

// Decision 31: known after an assertion.
func textAsserted(d *wire.Decoder) byte {
	if text, ok := d.Token().(wire.Text); ok {
		d.Token()
		return text[0] // want revuse
	}
	return 0
}

// Decision 31: another type is not meant.
func markAsserted(d *wire.Decoder) string {
	if mark, ok := d.Token().(wire.Mark); ok {
		d.Token()
		return mark.Name
	}
	return ""
}

// Decision 31: which one it is, is not known, so nothing is said.
func tokenNotAsserted(d *wire.Decoder, use func(wire.Token)) {
	token := d.Token()
	d.Token()
	use(token)
}

// Decision 31: by the type that was made an interface.
func scannedRaw(d *wire.Decoder) byte {
	var raw wire.Raw
	d.Scan(&raw)
	first := raw
	var next wire.Raw
	d.Scan(&next)
	return first[0] // want revuse
}

// Decision 31: a string is the caller's.
func scannedString(d *wire.Decoder) (string, string) {
	var first, next string
	d.Scan(&first)
	d.Scan(&next)
	return first, next
}

// Decision 27: what a field of a parameter holds after the call.
func filledTwice(d *wire.Decoder, row *wire.Row) bool {
	d.Fill(row)
	cells := row.Cells
	d.Fill(row)
	return bytes.Equal(cells, row.Cells) // want revuse
}

// Decision 27: one after the other.
func filledAnew(d *wire.Decoder, row *wire.Row) (n int) {
	d.Fill(row)
	n = len(row.Cells)
	d.Fill(row)
	return n + len(row.Cells)
}
