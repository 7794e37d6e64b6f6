package main

import (
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// plot draws how the work grows, on axes that both double: what is linear is as steep
// as the dashed line.
func plot(w io.Writer, all []*growth) error {
	const (
		left, top, size = 60, 40, 420
		steps           = 2.5 // doublings of the size that there is room for
	)
	colours := []string{"#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#999999", "#000000"}
	most := steps
	for _, g := range all {
		most = max(most, math.Log2(float64(g.work[2])/float64(g.work[0])))
	}
	x := func(doublings float64) float64 { return left + size*doublings/steps }
	y := func(doublings float64) float64 { return top + size*(1-doublings/most) }
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", left+size+220, top+size+40)
	out.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	out.WriteString(`<text x="10" y="20" font-size="14">Statements executed, as a multiple of those for the smallest program</text>` + "\n")
	for d := range 3 {
		fmt.Fprintf(&out, `<text x="%.0f" y="%d" text-anchor="middle">%d × the size</text>`+"\n", x(float64(d)), top+size+20, 1<<d)
	}
	for d := 0; float64(d) <= most; d++ {
		fmt.Fprintf(&out, `<text x="%d" y="%.0f" text-anchor="end">%d ×</text>`+"\n", left-8, y(float64(d))+4, 1<<d)
		fmt.Fprintf(&out, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/>`+"\n", left, y(float64(d)), left+size, y(float64(d)))
	}
	fmt.Fprintf(&out, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#888" stroke-dasharray="4"/>`+"\n", x(0), y(0), x(2), y(2))
	for i, g := range all {
		colour := colours[i%len(colours)]
		var points strings.Builder
		for j := range g.work {
			fmt.Fprintf(&points, "%.1f,%.1f ", x(float64(j)), y(math.Log2(float64(g.work[j])/float64(g.work[0]))))
		}
		dashes := ""
		if i >= len(colours) {
			dashes = ` stroke-dasharray="2"`
		}
		fmt.Fprintf(&out, `<polyline points="%s" fill="none" stroke="%s" stroke-width="1.5"%s/>`+"\n", strings.TrimSpace(points.String()), colour, dashes)
		at := top + 16*i
		fmt.Fprintf(&out, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2"%s/>`, left+size+10, at, left+size+30, at, colour, dashes)
		fmt.Fprintf(&out, `<text x="%d" y="%d">%s, %.2f</text>`+"\n", left+size+36, at+4, html.EscapeString(g.name), g.exponent())
	}
	out.WriteString("</svg>\n")
	_, err := io.WriteString(w, out.String())
	return err
}
