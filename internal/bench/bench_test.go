package main

import (
	"slices"
	"strings"
	"testing"
)

// BenchmarkAccess is what the command measures on one processor, for benchstat.
func BenchmarkAccess(b *testing.B) {
	for _, p := range peers {
		b.Run(strings.ReplaceAll(p.name, " ", "_"), func(b *testing.B) {
			loop := p.start()
			b.ReportAllocs()
			b.ResetTimer()
			sink.Add(int64(loop(b.N)))
		})
	}
}

func TestEveryPeerReads(t *testing.T) {
	for _, p := range append(slices.Clone(peers), systems...) {
		loop := p.start()
		want := 10
		if strings.Contains(p.name, "revoked") {
			want = 0
		}
		if got := loop(10); got != want && !strings.Contains(p.name, "64 dependent loads") {
			t.Errorf("%s: read %d, want %d", p.name, got, want)
		}
	}
	r := newRing()
	at := 0
	for range 10 {
		at = r.walk(at)
	}
	for _, p := range peers {
		if strings.Contains(p.name, "64 dependent loads") {
			if got := p.start()(10); got != at {
				t.Errorf("%s: walked to %d, want %d", p.name, got, at)
			}
		}
	}
}

func TestPlotIsWellFormed(t *testing.T) {
	var b strings.Builder
	figures := map[string]figure{"a & b": {median: 2}, "c": {median: 1}}
	if err := plot(&b, []string{"a & b", "c"}, 1, []map[string]figure{figures, figures}); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.HasPrefix(s, "<svg") || !strings.HasSuffix(s, "</svg>\n") || strings.Contains(s, "a & b") {
		t.Errorf("not well formed:\n%s", s)
	}
}
