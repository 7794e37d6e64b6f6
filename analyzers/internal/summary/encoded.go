package summary

import "encoding/binary"

// An Encoded is a Summary as it travels to importers: encoded, because a package reads those of
// all that it imports, directly or not, and asks for few of them.
type Encoded struct{ Data string }

// Encode encodes s. The same summary gives the same bytes.
func Encode(s *Summary) *Encoded {
	c := &coder{}
	c.summary(s)
	return &Encoded{string(c.out)}
}

// Decode returns the summary: nil, which is unknown, if it is of another version.
func (e *Encoded) Decode() *Summary {
	c, s := &coder{decodes: true, in: e.Data}, new(Summary)
	c.summary(s)
	if c.broken || len(c.in) > 0 {
		return nil
	}
	return s
}

// A coder writes summaries to out, or, where it decodes, reads them from in. Each method below
// does both, so that what is written is read in the same order.
type coder struct {
	decodes bool
	out     []byte
	in      string
	broken  bool // in is no summary of this version
}

func (c *coder) summary(s *Summary) {
	code(c, &s.Version)
	if s.Version != Version {
		c.broken = c.decodes
	}
	list(c, &s.Outcomes, (*coder).outcome)
	list(c, &s.Dead, (*coder).outcome)
	list(c, &s.Globals, text[string])
}

func (c *coder) outcome(o *Outcome) {
	list(c, &o.Params, (*coder).param)
	list(c, &o.Results, (*coder).result)
	list(c, &o.Loans, (*coder).loan)
	list(c, &o.Ended, (*coder).loan)
	list(c, &o.Effects, (*coder).effect)
	list(c, &o.Left, (*coder).param)
}

func (c *coder) param(p *ParamFact) {
	text(c, &p.Path)
	code(c, &p.Fact)
	text(c, &p.Type)
}

func (c *coder) result(r *Result) {
	code(c, &r.Fact)
	list(c, &r.Alias, text[Path])
	list(c, &r.From, text[Path])
	c.truth(&r.Other)
	c.truth(&r.Found)
	text(c, &r.Equal[0])
	text(c, &r.Equal[1])
	c.truth(&r.Differ)
	text(c, &r.Over)
	list(c, &r.Yields, text[Path])
	text(c, &r.Const)
	text(c, &r.Type)
}

func (c *coder) loan(l *Loan) {
	code(c, &l.Kind)
	code(c, &l.Phase)
	list(c, &l.Values, text[Path])
	list(c, &l.Guards, text[Path])
	list(c, &l.Outside, text[Path])
	list(c, &l.Owner, text[Path])
	text(c, &l.Cond)
	code(c, &l.Op)
	text(c, &l.What)
	text(c, &l.Name)
	code(c, &l.Flags)
	list(c, &l.Until, text[string])
}

func (c *coder) effect(e *Effect) {
	code(c, &e.Kind)
	text(c, &e.Path)
	text(c, &e.To)
	text(c, &e.Method)
	text(c, &e.Args)
	code(c, &e.Way)
	c.truth(&e.May)
	c.truth(&e.ByErrors)
}

func (c *coder) truth(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	code(c, &n)
	*b = n != 0
}

// code writes or reads a number, which is not negative.
func code[T ~int | ~uint8 | ~uint16](c *coder, n *T) {
	if !c.decodes {
		c.out = binary.AppendUvarint(c.out, uint64(*n))
		return
	}
	var u uint64
	for shift := uint(0); len(c.in) > 0 && shift < 63; shift += 7 {
		b := c.in[0]
		c.in = c.in[1:]
		u |= uint64(b&0x7f) << shift
		if b < 0x80 {
			*n = T(u)
			return
		}
	}
	c.broken = true
}

// text writes or reads a string. What is read shares the memory of the fact.
func text[T ~string](c *coder, s *T) {
	n := len(*s)
	code(c, &n)
	switch {
	case !c.decodes:
		c.out = append(c.out, *s...)
	case c.broken || n > len(c.in):
		c.broken = true
	default:
		*s, c.in = T(c.in[:n]), c.in[n:]
	}
}

// list writes or reads a list with what each does for one element, of which none takes less than a byte.
func list[T any](c *coder, l *[]T, each func(*coder, *T)) {
	n := len(*l)
	code(c, &n)
	if c.decodes {
		if c.broken || n > len(c.in) {
			c.broken = true
			return
		}
		if n > 0 {
			*l = make([]T, n)
		}
	}
	for i := range *l {
		each(c, &(*l)[i])
	}
}
