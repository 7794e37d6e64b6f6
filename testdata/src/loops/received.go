package loops

import (
	"errors"
	"sync"
)

type job struct {
	done chan bool
	name string
}

var jobs = sync.Pool{New: func() any { return &job{done: make(chan bool, 1)} }}

type failedJob struct{ job *job }

func (f *failedJob) Error() string { return "a job failed" }

type line struct {
	jobs chan *job
	err  error
}

// Each round has a job of its own, whatever the error holds of the last one.
func (l *line) work() {
	for j := range l.jobs {
		<-j.done
		if j.name == "" {
			l.err = &failedJob{j}
		}
		jobs.Put(j)
	}
}

func (l *line) workLate() error {
	j, ok := <-l.jobs
	if !ok {
		return errors.New("no job")
	}
	jobs.Put(j)
	<-j.done // want revuse
	return nil
}
