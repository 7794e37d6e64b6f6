package factories

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"runtime"
	"sync"
)

// What a function of the package has made is filled by its caller: whose the object is, is known where nobody else
// can get at it.

type journal struct {
	mu    sync.Mutex
	name  string
	f     *os.File
	index *os.File
	ln    net.Listener
	stop  func()
	err   error
}

func newJournal(name string) *journal { return &journal{name: name} }

func newJournalWithDefer(name string) (j *journal, err error) {
	j = &journal{name: name}
	defer func() {
		if err != nil {
			j.name = ""
		}
	}()
	if name == "" {
		return nil, os.ErrInvalid
	}
	return j, nil
}

func badDropped(name string) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	j := newJournal(name)
	j.f = f
	return nil
}

func badSecondFails(name string) (*journal, error) {
	j := newJournal(name)
	var err error
	if j.f, err = os.Open(name); err != nil { // want revleak
		return nil, err
	}
	if j.index, err = os.Open(name + ".index"); err != nil {
		return nil, err
	}
	return j, nil
}

func okSecondFails(name string) (*journal, error) {
	j := newJournal(name)
	var err error
	if j.f, err = os.Open(name); err != nil {
		return nil, err
	}
	if j.index, err = os.Open(name + ".index"); err != nil {
		j.f.Close()
		return nil, err
	}
	return j, nil
}

func badWithDefer(name string) error {
	j, err := newJournalWithDefer(name)
	if err != nil {
		return err
	}
	j.f, err = os.Open(name) // want revleak
	return err
}

// registry has all journals.
var registry struct {
	sync.Mutex
	all []*journal
}

func newRegistered(name string) *journal {
	j := &journal{name: name}
	registry.Lock()
	defer registry.Unlock()
	registry.all = append(registry.all, j)
	return j
}

func okRegistered(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	j := newRegistered(name)
	j.f = f
	return nil
}

type book struct{ last *journal }

func (b *book) journal(name string) *journal {
	j := &journal{name: name}
	b.last = j
	return j
}

func (b *book) okKept(name string) (err error) {
	j := b.journal(name)
	j.f, err = os.Open(name)
	return err
}

func newRunning(name string) *journal {
	j := &journal{name: name}
	go j.run()
	return j
}

func (j *journal) run() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.f != nil {
		j.f.Close()
	}
}

func okRunning(name string) (err error) {
	j := newRunning(name)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.f, err = os.Open(name)
	return err
}

func newWithStop(name string) *journal {
	j := &journal{name: name}
	j.stop = func() { j.f.Close() }
	return j
}

func okWithStop(name string) (err error) {
	j := newWithStop(name)
	if j.f, err = os.Open(name); err != nil {
		return err
	}
	j.stop()
	return nil
}

func newThroughAnother(name string) *journal {
	j := newJournal(name)
	j.name += "."
	return j
}

func badThroughAnother(name string) (err error) {
	j := newThroughAnother(name)
	j.ln, err = net.Listen("tcp", name) // want revleak
	return err
}

func okHandedOn(name string, to chan<- *journal) (err error) {
	j := newJournal(name)
	to <- j
	j.f, err = os.Open(name)
	return err
}

func okInGoroutine(name string) (err error) {
	j := newJournal(name)
	go j.run()
	j.f, err = os.Open(name)
	return err
}

func okMethodCloses(name string) (err error) {
	j := newJournal(name)
	if j.f, err = os.Open(name); err != nil {
		return err
	}
	j.run()
	return nil
}

// cached answers with one that it has made before.
func cached(name string) *journal {
	registry.Lock()
	defer registry.Unlock()
	for _, j := range registry.all {
		if j.name == name {
			return j
		}
	}
	return &journal{name: name}
}

func okCached(name string) (err error) {
	j := cached(name)
	j.f, err = os.Open(name)
	return err
}

func okReturned(name string) (j *journal, err error) {
	j = newJournal(name)
	j.f, err = os.Open(name)
	return j, err
}

func badCommand(name string) error {
	f, err := os.Create(name) // want revleak
	if err != nil {
		return err
	}
	cmd := exec.Command("ls")
	cmd.Stdout = f
	return cmd.Run()
}

func badCommandInput(name string) ([]byte, error) {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("sort")
	cmd.Stdin = f
	return cmd.Output()
}

func okCommand(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var errors bytes.Buffer
	cmd := exec.Command("ls")
	cmd.Stdout, cmd.Stderr = f, &errors
	return cmd.Run()
}

func okCommandStarted(name string) (*exec.Cmd, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("ls")
	cmd.Stdout = f
	if err := cmd.Start(); err != nil {
		f.Close()
		return nil, err
	}
	return cmd, nil
}

func newFinalized(name string) *journal {
	j := &journal{name: name}
	runtime.SetFinalizer(j, func(j *journal) { j.f.Close() })
	return j
}

func okFinalized(name string) (err error) {
	j := newFinalized(name)
	j.f, err = os.Open(name)
	return err
}

func badOnlyLookedAt(name string) (err error) {
	j := newJournal(name)
	runtime.SetFinalizer(j, func(j *journal) { println(j.name) })
	j.f, err = os.Open(name) // want revleak
	return err
}

func okCleanup(name string) (*journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	j := newJournal(name)
	runtime.AddCleanup(j, func(f *os.File) { f.Close() }, f)
	j.f = f
	return j, nil
}

func badCleanupOfAnother(name string) (err error) {
	j := newJournal(name)
	runtime.AddCleanup(j, func(name string) { os.Remove(name) }, name)
	j.f, err = os.Open(name) // want revleak
	return err
}
