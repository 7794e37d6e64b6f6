package main

import (
	"fmt"
	"html"
	"io"
)

// plot draws the ratios of all peers to the floor as bars, one for each number of processors.
func plot(w io.Writer, names []string, base float64, columns []map[string]figure) error {
	const (
		left, top, width = 300, 56, 420
		bar, gap         = 11, 10
	)
	const dashes = `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#888" stroke-dasharray="3"/>`
	colours := []string{"#4477aa", "#ee8833"}
	most := 1.0
	for _, figures := range columns {
		for _, name := range names {
			most = max(most, figures[name].median/base)
		}
	}
	scale := width / most
	row := bar*len(columns) + gap
	height := top + row*len(names) + 30

	out := &errorWriter{w: w}
	out.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", left+width+70, height)
	out.printf(`<rect width="100%%" height="100%%" fill="white"/>` + "\n")
	out.printf(`<text x="10" y="20" font-size="14">Enter and leave, as a multiple of an uncontended pair of atomic additions</text>` + "\n")
	for i := range columns {
		out.printf(`<rect x="%d" y="30" width="12" height="12" fill="%s"/><text x="%d" y="41">%d processor%s</text>`+"\n",
			left+i*130, colours[i], left+18+i*130, i+1, plural(i+1))
	}
	key := left + 130*len(columns)
	out.printf(dashes+`<text x="%d" y="41">the floor</text>`+"\n", float64(key), 30, float64(key), 42, key+8)
	out.printf(dashes+"\n", left+scale, top-6, left+scale, height-24)
	for r, name := range names {
		y := top + r*row
		out.printf(`<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", left-8, y+bar*len(columns)/2+5, html.EscapeString(name))
		for i, figures := range columns {
			ratio := figures[name].median / base
			out.printf(`<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d" font-size="10">%.2f</text>`+"\n",
				left, y+i*bar, ratio*scale, bar-1, colours[i], left+ratio*scale+4, y+i*bar+9, ratio)
		}
	}
	out.printf("</svg>\n")
	return out.err
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// An errorWriter keeps the first error.
type errorWriter struct {
	w   io.Writer
	err error
}

func (e *errorWriter) printf(format string, args ...any) {
	if e.err == nil {
		_, e.err = fmt.Fprintf(e.w, format, args...)
	}
}
