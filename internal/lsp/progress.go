package lsp

import (
	"fmt"
	"sync"
	"time"
)

// patience is how long a run may take before the editor is told how far it is.
const patience = time.Second

// tellProgress returns a function that tells the editor how far a run is, if that
// takes its time, and one that ends it. The first is nil if the editor does not
// show such things.
func (s *server) tellProgress() (report func(n, total int), end func()) {
	s.mu.Lock()
	able := s.client.Capabilities.Window.WorkDoneProgress
	s.runs++
	token := fmt.Sprintf("revlint-%d", s.runs)
	s.mu.Unlock()
	if !able {
		return nil, func() {}
	}
	var mu sync.Mutex // guards what follows
	var begun, ended bool
	var last time.Time
	start := time.Now()
	tell := func(p progress) { s.notify("$/progress", progressParams{token, p}) }
	report = func(n, total int) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if ended || now.Sub(start) < s.patience || now.Sub(last) < s.patience/10 {
			return
		}
		last = now
		if !begun {
			begun = true
			if _, err := s.rpc.Callback(s.ctx, "window/workDoneProgress/create", map[string]string{"token": token}); err != nil {
				ended = true
				return
			}
			tell(progress{Kind: "begin", Title: "revlint"})
		}
		p := progress{Kind: "report", Message: fmt.Sprintf("%d packages", n)}
		if total >= n && total > 0 {
			p.Message, p.Percentage = fmt.Sprintf("%d of %d packages", n, total), 100*n/total
		}
		tell(p)
	}
	return report, func() {
		mu.Lock()
		defer mu.Unlock()
		if begun && !ended {
			tell(progress{Kind: "end"})
		}
		ended = true
	}
}
