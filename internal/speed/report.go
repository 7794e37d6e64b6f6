//go:build unix

package main

import (
	"fmt"
	"html"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
)

// median is that of the samples; none if a run has failed.
func median(samples []sample) (m sample, ok bool) {
	if len(samples) == 0 || slices.ContainsFunc(samples, func(s sample) bool { return s.failed }) {
		return sample{}, false
	}
	return sample{
		cpu:    middle(samples, func(s sample) time.Duration { return s.cpu }),
		wall:   middle(samples, func(s sample) time.Duration { return s.wall }),
		memory: middle(samples, func(s sample) int64 { return s.memory }),
	}, true
}

// middle is the median; of an even number, the mean of the two in the middle.
func middle[S any, T ~int64 | ~float64](samples []S, of func(S) T) T {
	values := make([]T, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// floor is the name of the tool by which others are measured.
const floor = "nothing"

// ratio is the CPU of a tool in a state as a multiple of the floor's.
func (r *result) ratio(tool, state string) (float64, bool) {
	m, ok := median(r.samples[tool][state])
	f, okFloor := median(r.samples[floor][state])
	if !ok || !okFloor || f.cpu == 0 {
		return 0, false
	}
	return m.cpu.Seconds() / f.cpu.Seconds(), true
}

// table is what the tools took on one subject.
func (r *result) table() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n**%s**, `%s` `%s`", r.name, r.module, strings.Join(r.patterns, " "))
	if r.leaf != nil && r.core != nil {
		fmt.Fprintf(&out, "; leaf `%s`, core `%s`", r.leaf.pkg, r.core.pkg)
	}
	out.WriteString("\n\n| tool | cold: CPU s (× floor), wall s, MB | warm | leaf | core |\n|---|---|---|---|---|\n")
	for _, t := range r.tools {
		fmt.Fprintf(&out, "| %s |", t)
		for _, state := range states {
			m, ok := median(r.samples[t][state])
			switch {
			case len(r.samples[t][state]) == 0:
				out.WriteString(" |")
				continue
			case !ok:
				out.WriteString(" failed |")
				continue
			}
			times := ""
			if x, ok := r.ratio(t, state); ok {
				times = fmt.Sprintf(" (%.2f)", x)
			}
			fmt.Fprintf(&out, " %.1f%s, %.1f, %d |", m.cpu.Seconds(), times, m.wall.Seconds(), m.memory>>20)
		}
		out.WriteString("\n")
	}
	return out.String()
}

// report has the medians of the ratios, and the tables.
func (o *options) report(results []*result) string {
	var out strings.Builder
	fmt.Fprintf(&out, "Median of %d round(s), %s, %s/%s, %d processors. CPU as a multiple of what a vet tool takes that does nothing, median over %d modules:\n\n",
		o.rounds, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), len(results))
	out.WriteString("| tool | cold | warm | edit to a leaf | edit to the core |\n|---|---|---|---|---|\n")
	for _, t := range results[0].tools {
		fmt.Fprintf(&out, "| %s |", t)
		for _, state := range states {
			var ratios []float64
			for _, r := range results {
				if x, ok := r.ratio(t, state); ok {
					ratios = append(ratios, x)
				}
			}
			if len(ratios) == 0 {
				out.WriteString(" |")
				continue
			}
			fmt.Fprintf(&out, " %.2f |", middle(ratios, func(x float64) float64 { return x }))
		}
		out.WriteString("\n")
	}
	for _, r := range results {
		out.WriteString(r.table())
	}
	return out.String()
}

// plot draws the CPU of a cold run, as a multiple of the floor, for each subject and tool.
func plot(w io.Writer, results []*result) error {
	const left, width, bar = 150, 480, 12
	colours := []string{"#bbbbbb", "#4477aa", "#228833", "#ccbb44", "#ee6677"}
	most := 1.0
	for _, r := range results {
		for _, t := range r.tools {
			x, _ := r.ratio(t, "cold")
			most = max(most, x)
		}
	}
	var out strings.Builder
	row := bar*len(results[0].tools) + 12
	height := 60 + row*len(results)
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", left+width+60, height)
	out.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	out.WriteString(`<text x="10" y="20" font-size="14">CPU of a cold run, as a multiple of a vet tool that does nothing</text>` + "\n")
	for i, t := range results[0].tools {
		fmt.Fprintf(&out, `<rect x="%d" y="30" width="12" height="12" fill="%s"/><text x="%d" y="41">%s</text>`+"\n", left+i*115, colours[i%len(colours)], left+18+i*115, html.EscapeString(t))
	}
	for n, r := range results {
		y := 56 + n*row
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", left-8, y+row/2, html.EscapeString(r.name))
		for i, t := range r.tools {
			x, ok := r.ratio(t, "cold")
			text := fmt.Sprintf("%.2f", x)
			if !ok {
				text = "failed"
			}
			fmt.Fprintf(&out, `<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d" font-size="10">%s</text>`+"\n",
				left, y+i*bar, x/most*width, bar-1, colours[i%len(colours)], left+x/most*width+4, y+i*bar+9, text)
		}
	}
	out.WriteString("</svg>\n")
	_, err := io.WriteString(w, out.String())
	return err
}
