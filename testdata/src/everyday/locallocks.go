package everyday

import (
	"errors"
	"sync"
)

// Locks in variables of the function.

func badLocalTwice(b bool) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock() // want revrelease
	if b {
		mu.Unlock()
		return
	}
	println()
}

func badLocalLeft(b bool) {
	var mu sync.Mutex
	mu.Lock() // want revleak
	if b {
		return
	}
	mu.Unlock()
}

func badLocalOfGoroutine(fs []func() error) error {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for _, f := range fs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock() // want revleak
			if f() != nil {
				return
			}
			n++
			mu.Unlock()
		}()
	}
	wg.Wait()
	return nil
}

func badLocalOfLiteral(fs []func() error) error {
	var mu sync.Mutex
	do := func(f func() error) error {
		mu.Lock() // want revleak
		if f() != nil {
			return errors.New("x")
		}
		mu.Unlock()
		return nil
	}
	for _, f := range fs {
		if err := do(f); err != nil {
			return err
		}
	}
	return nil
}

func badLocalTwiceOfLiteral(fs []func() error) error {
	var mu sync.Mutex
	do := func(f func() error) error {
		mu.Lock()
		defer mu.Unlock() // want revrelease
		if f() != nil {
			mu.Unlock()
			return errors.New("x")
		}
		return nil
	}
	go do(fs[0])
	mu.Lock()
	defer mu.Unlock() // want revrelease
	if fs[1] != nil {
		mu.Unlock()
	}
	return nil
}
func badNewLock(b bool) *sync.Mutex {
	mu := new(sync.Mutex)
	mu.Lock() // want revleak
	if b {
		return nil
	}
	mu.Unlock()
	return mu
}

func okLocalBarrier(f func()) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		f()
		mu.Unlock()
	}()
	mu.Lock()
}

type localHub struct{ f func(func()) }

func (h *localHub) okLocalOfCallback() error {
	var mu sync.Mutex
	n := 0
	h.f(func() {
		mu.Lock()
		defer mu.Unlock()
		n++
	})
	mu.Lock()
	defer mu.Unlock()
	if n > 3 {
		return errors.New("x")
	}
	return nil
}

func okLocalHalves(m map[string]int, k string) int {
	var mu sync.RWMutex
	get := func(k string) (int, bool) {
		mu.RLock()
		defer mu.RUnlock()
		v, ok := m[k]
		return v, ok
	}
	if v, ok := get(k); ok {
		return v
	}
	mu.Lock()
	defer mu.Unlock()
	m[k] = 1
	return 1
}

func okLocalCond(n int) {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	done := 0
	for range n {
		go func() {
			mu.Lock()
			done++
			mu.Unlock()
			c.Signal()
		}()
	}
	mu.Lock()
	for done < n {
		c.Wait()
	}
	mu.Unlock()
}

func okLocalUnlocker() func() {
	var mu sync.Mutex
	mu.Lock()
	return mu.Unlock
}

func okLocalTried(f func() error) (err error) {
	var mu sync.Mutex
	for i := 0; i < 3; i++ {
		mu.Lock()
		err = f()
		if err == nil {
			mu.Unlock()
			break
		}
		mu.Unlock()
	}
	return err
}

type localEmbedded struct {
	sync.Mutex
	n int
}

func okLocalEmbedded(b bool) int {
	var e localEmbedded
	e.Lock()
	defer e.Unlock()
	if b {
		e.Unlock()
		e.n++
		e.Lock()
	}
	return e.n
}
