package correlatedconditions

import (
	"os"
	"strings"
	"sync"
)

// Conditions that are asked twice in the same words, of what is not a variable: a length, an
// entry, a bit, an answer of a method. Code in between may have changed what they read, and
// most likely has not.

type flusher interface{ Flush() }

type batch struct {
	mu      sync.Mutex
	changes []int
	entries map[string]bool
	flags   uint
	out     flusher
	count   int
	closed  bool
	tail    *int
	on      func() bool
}

func (b *batch) okLength() {
	if len(b.changes) != 0 {
		b.mu.Lock()
	}
	b.out.Flush()
	if len(b.changes) > 0 {
		b.mu.Unlock()
	}
}

func (b *batch) badLength(name string) {
	var f *os.File
	if len(b.changes) != 0 {
		f, _ = os.Open(name) // want revleak
	}
	b.out.Flush()
	if len(b.changes) == 0 {
		f.Close()
	}
}

func (b *batch) okEntry() {
	if b.entries["all"] {
		b.mu.Lock()
	}
	b.out.Flush()
	if b.entries["all"] {
		b.mu.Unlock()
	}
}

// The entry is another by then.
func (b *batch) badEntryWritten(name string) {
	var f *os.File
	if b.entries["all"] {
		f, _ = os.Open(name) // want revleak
	}
	delete(b.entries, "all")
	b.out.Flush()
	if b.entries["all"] {
		f.Close()
	}
}

func (b *batch) okBit() {
	if b.flags&1 != 0 {
		b.mu.Lock()
	}
	b.out.Flush()
	if b.flags&1 == 0 {
		return
	}
	b.mu.Unlock()
}

func (b *batch) badOtherBit(name string) {
	var f *os.File
	if b.flags&1 != 0 {
		f, _ = os.Open(name) // want revleak
	}
	b.out.Flush()
	if b.flags&2 != 0 {
		f.Close()
	}
}

func (b *batch) double() { b.count *= 2 }

func (b *batch) okChangedElsewhere() {
	if b.count > 0 {
		b.mu.Lock()
	}
	b.double()
	if b.count > 0 {
		b.mu.Unlock()
	}
}

func (b *batch) enabled() bool { return b.on() }

func (b *batch) okMethod() {
	if b.enabled() {
		b.mu.Lock()
	}
	b.out.Flush()
	if b.enabled() {
		b.mu.Unlock()
	}
}

func okFunction(name string, write func(*os.File) error) error {
	var f *os.File
	var err error
	if strings.HasPrefix(name, "/") {
		if f, err = os.Create(name); err != nil {
			return err
		}
	}
	err = write(f)
	if strings.HasPrefix(name, "/") {
		f.Close()
	}
	return err
}

func okText(name string, mu *sync.Mutex) {
	if len(name) > 0 {
		mu.Lock()
	}
	if name != "" {
		mu.Unlock()
	}
}

func okAskedThrice(words []string, mu *sync.Mutex, print func()) {
	if len(words) > 0 {
		print()
	}
	if len(words) > 0 {
		mu.Lock()
	}
	if len(words) > 0 {
		mu.Unlock()
	}
}

func okPart(x any, mu *sync.Mutex, print func()) {
	if _, ok := x.(flusher); ok {
		mu.Lock()
	}
	print()
	if _, ok := x.(flusher); ok {
		mu.Unlock()
	}
}

// What each of these answers is another thing each time.
func badNext(more interface{ Next() bool }, mu *sync.Mutex) {
	if more.Next() {
		mu.Lock() // want revleak
	}
	if more.Next() {
		mu.Unlock()
	}
}

// Each round asks anew.
func badRounds(all [][]int, name string) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	for _, one := range all {
		if len(one) > 1 {
			println("long")
		}
		if len(one) > 1 {
			return nil
		}
	}
	return f.Close()
}

// The error is another each time it is asked.
func badErrors(name string, check, again func() error) (err error) {
	defer func() {
		if err != nil {
			println(err.Error())
		}
	}()
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	if err = check(); err != nil {
		f.Close()
		return err
	}
	if err = again(); err != nil {
		return err
	}
	return f.Close()
}
