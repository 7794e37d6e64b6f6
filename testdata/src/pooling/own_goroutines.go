package pooling

import (
	"net/http/httptest"
	"sync"
)

// What an object of another module gives to goroutines of its own, it looks after: when those have ended
// is said by its library. The goroutines of one's own are followed.

var servers = sync.Pool{New: func() any { return httptest.NewUnstartedServer(nil) }}

func okStartsItself() {
	s := servers.Get().(*httptest.Server)
	s.Start()
	servers.Put(s)
}

func startsItself(s *httptest.Server) { s.Start() }

func okStartsItselfInHelper() {
	s := servers.Get().(*httptest.Server)
	startsItself(s)
	servers.Put(s)
}

func badStarted() {
	s := servers.Get().(*httptest.Server)
	go s.Start() // want revescape
	servers.Put(s)
}

type worker struct{ jobs []string }

func (w *worker) run() {
	for _, j := range w.jobs {
		println(j)
	}
}

func (w *worker) start() { go w.run() }

var workers = sync.Pool{New: func() any { return new(worker) }}

func badStartsOwn() {
	w := workers.Get().(*worker)
	w.start() // want revescape
	workers.Put(w)
}
