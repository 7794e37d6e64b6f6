package gen

import "slices"

// Size is the number of lines of p.
func (p *Program) Size() int { return len(p.Lines()) }

// Smaller returns programs that are p with something left out: a statement with all that is
// in it, a construct around statements, one of two branches, the results. Largest savings come first.
func (p *Program) Smaller() []*Program {
	var out []*Program
	n := 0
	lists(&p.Body, func(l *[]*Node) { n += len(*l) })
	for at := range n {
		for _, cut := range []func(list []*Node, i int) []*Node{drop, unwrap, takeElse} {
			body := Clone(p.Body)
			if edit(&body, at, cut) {
				out = append(out, p.with(body))
			}
		}
	}
	if p.Sig != None {
		q := p.with(Clone(p.Body))
		q.Sig = None
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b *Program) int { return a.Size() - b.Size() })
	return out
}

func (p *Program) with(body []*Node) *Program {
	q := *p
	q.Body = body
	return &q
}

// edit applies cut to the node of body that comes at-th. It reports whether that changed anything.
func edit(body *[]*Node, at int, cut func([]*Node, int) []*Node) bool {
	n, changed := 0, false
	lists(body, func(l *[]*Node) {
		if i := at - n; !changed && i >= 0 && i < len(*l) {
			if after := cut(*l, i); after != nil {
				*l, changed = after, true
			}
		}
		n += len(*l)
	})
	return changed
}

func drop(list []*Node, i int) []*Node {
	return append(append([]*Node{}, list[:i]...), list[i+1:]...)
}

func unwrap(list []*Node, i int) []*Node { return replace(list, i, list[i].Body) }

func takeElse(list []*Node, i int) []*Node { return replace(list, i, list[i].Else) }

func replace(list []*Node, i int, by []*Node) []*Node {
	if len(by) == 0 {
		return nil
	}
	return append(append(append([]*Node{}, list[:i]...), by...), list[i+1:]...)
}
