package everyday

import "sync"

// What is called with a lock held, waits without it, and returns with it.

type queue struct {
	mu     sync.Mutex
	n      int
	err    error
	queued []chan struct{}
}

func (q *queue) push(done <-chan struct{}) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if err := q.okWaits(done); err != nil {
		return err
	}
	q.n++
	return nil
}

// It is called with mu held, and returns so.
func (q *queue) okWaits(done <-chan struct{}) error {
	if q.n == 0 {
		return nil
	}
	c := make(chan struct{})
	q.queued = append(q.queued, c)
	if q.n > 3 {
		q.mu.Unlock()
		println("blocked")
		q.mu.Lock()
		if q.err != nil {
			return q.err
		}
	}
	q.mu.Unlock()
	select {
	case <-done:
		q.mu.Lock()
		return q.err
	case <-c:
	}
	q.mu.Lock()
	return nil
}

// It is called without: one way leaves it locked.
func (q *queue) badTake(done <-chan struct{}) error {
	q.mu.Lock() // want revleak
	if q.n > 3 {
		return q.err
	}
	q.n--
	q.mu.Unlock()
	return nil
}
