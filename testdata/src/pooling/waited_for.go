package pooling

import (
	"sync"
	"sync/atomic"
)

// A batch is queued by whoever applies it, and applied by whoever comes first.
type batch struct {
	applied sync.WaitGroup
	data    []byte
	readers atomic.Int32
}

var batches = sync.Pool{New: func() any { return new(batch) }}

type pending struct {
	slots      [16]atomic.Pointer[batch]
	head, tail uint32
}

func (p *pending) enqueue(b *batch) {
	p.slots[p.head%16].Store(b)
	p.head++
}

func (p *pending) dequeue() *batch {
	b := p.slots[p.tail%16].Load()
	if b != nil {
		p.tail++
	}
	return b
}

type log struct {
	mu      sync.Mutex
	pending pending
}

// publish returns when b has left the queue.
func (l *log) publish(b *batch) {
	for {
		next := l.pending.dequeue()
		if next == nil {
			b.applied.Wait()
			break
		}
		next.applied.Done()
	}
}

func (l *log) apply(b *batch) error {
	b.applied.Add(1)
	l.mu.Lock()
	l.pending.enqueue(b)
	l.mu.Unlock()
	l.publish(b)
	return nil
}

// close leaves it to the readers, if there are any.
func (b *batch) close() error {
	if b.readers.Load() == 0 {
		batches.Put(b)
	}
	return nil
}

func (l *log) set(key []byte) error {
	b := batches.Get().(*batch)
	b.data = append(b.data[:0], key...)
	if err := l.apply(b); err != nil {
		return err
	}
	return b.close()
}

// Nobody waits until the batch has left the queue.
func (l *log) enqueueAndPut(key []byte) {
	b := batches.Get().(*batch)
	defer batches.Put(b)
	b.data = append(b.data[:0], key...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending.enqueue(b) // want revescape
}
