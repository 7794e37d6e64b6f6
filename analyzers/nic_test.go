package analyzers_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/revlint/revlint/analyzers"
	"github.com/revlint/revlint/analyzers/internal/corpus"
)

// nicFolder is that of the example, seen from this one, and nicInCorpus as the
// corpus has it.
const (
	nicFolder   = "../examples/nic"
	nicInCorpus = "../../examples/nic"
)

// A mutation changes one line of the example, or adds one, so that a token or a
// resource gets out of its callback, or an access is not what it was.
type mutation struct {
	name     string
	function string // in which the line is
	line     string // the line, without its indentation
	becomes  string // what stands in its place
	add      string // what stands after it
	found    string // by which analyzer
	at       string // where: "function: line", if not there
	missed   string // why it is not found yet; it must be taken out once it is
}

var mutations = []mutation{
	// The token leaves.
	{name: "token in a field", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.token = b", found: "revbound"},
	{name: "token in a global", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "lastToken = b", found: "revbound"},
	{name: "token in a map", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "tokens[n.slot.path] = b", found: "revbound"},
	{name: "token in a channel", function: "handleInterrupt", line: "cause := regs.cause.Swap(0)", add: "n.queue <- b", found: "revbound"},
	{name: "token in a slice", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.all = append(n.all, b)", found: "revbound"},
	{name: "token in an interface", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.anything = b", found: "revbound"},
	{name: "token in an atomic pointer", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.current.Store(b)", found: "revbound"},
	{name: "token in a sync.Map", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.byKey.Store(n.slot.path, b)", found: "revbound"},
	{name: "token in a context", function: "serveInterrupts", line: "for {", becomes: "for n.ctx = context.WithValue(ctx, key{}, b); ; {", found: "revbound"},
	{name: "token in a stored closure", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.later = func() { n.watch(b) }", found: "revbound"},
	{name: "token in a stored method value", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.onUnbind = b.OnUnbind", found: "revbound"},
	{name: "token in an error", function: "transmit", line: "n.txTail++", add: "if n.txTail == 0 { return &overflow{b} }", found: "revbound"},
	{name: "token by a helper", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.remember(b)", found: "revbound"},
	{name: "token of the core", function: "probe", line: "b := c.Bound()", add: "n.token = c.Bound()", found: "revbound"},
	{name: "core in a field", function: "probe", line: "b := c.Bound()", add: "n.core = c", found: "revbound"},
	{name: "token in a captured variable", function: "send",
		line:    "err := n.dev.WithBound(func(b *device.Bound) error { return n.transmit(b, payload) })",
		becomes: "var kept *device.Bound; err := n.dev.WithBound(func(b *device.Bound) error { kept = b; return nil }); n.transmit(kept, payload)",
		found:   "revbound"},

	// The token runs ahead of its callback.
	{name: "token in a goroutine", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "go n.watch(b)", found: "revbound"},
	{name: "token in the goroutine of a literal", function: "handleInterrupt", line: "cause := regs.cause.Swap(0)", add: "go func() { n.watch(b) }()", found: "revbound"},
	{name: "token in a timer", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "time.AfterFunc(watchPeriod, func() { n.watch(b) })", found: "revbound"},
	{name: "token in a wait group that is not waited for", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.users.Go(func() { n.watch(b) })", found: "revbound"},
	{name: "token in the context's goroutine", function: "serveInterrupts", line: "for {", becomes: "for context.AfterFunc(ctx, func() { n.watch(b) }); ; {", found: "revbound"},
	{name: "token in a context's goroutine", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "context.AfterFunc(n.ctx, func() { n.watch(b) })", found: "revbound"},
	{name: "outer token in Go", function: "handleInterrupt", line: "n.rxWork.Queue()", becomes: "b.Go(func(ctx context.Context, _ *device.Bound) { n.receiveFrames(ctx, b) })", found: "revbound"},
	{name: "outer token in NewWork", function: "probe", line: "n.rxWork = b.NewWork(n.receiveFrames)", becomes: "n.rxWork = b.NewWork(func(ctx context.Context, _ *device.Bound) { n.receiveFrames(ctx, b) })", found: "revbound"},
	{name: "outer token in Every", function: "probe", line: "b.Every(watchPeriod, n.watch)", becomes: "b.Every(watchPeriod, func(*device.Bound) { n.watch(b) })", found: "revbound"},
	{name: "outer token in OnQuiesce", function: "probe", line: "b.OnQuiesce(n.quiesce)", becomes: "b.OnQuiesce(func(*device.Bound) { n.start(b) })", found: "revbound"},
	{name: "outer token in AfterFunc", function: "watch", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "b.AfterFunc(watchPeriod, func(*device.Bound) { n.watch(b) })", found: "revbound"},
	{name: "outer token in OnUnbind", function: "probe", line: "b.OnQuiesce(n.quiesce)", becomes: "b.OnUnbind(func() { n.start(b) })", found: "revbound"},

	// The token is none.
	{name: "token from a literal", function: "probe", line: "if err := n.identify(b); err != nil {", becomes: "if err := n.identify(&device.Bound{}); err != nil {", found: "revbound"},
	{name: "token from new", function: "probe", line: "return n.start(b)", becomes: "return n.start(new(device.Bound))", found: "revbound"},

	// What the token gave access to leaves.
	{name: "resource in a field", function: "start", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.raw = regs", found: "revbound"},
	{name: "part of a resource in a field", function: "transmit", line: "n.txTail++", add: "n.next = &frames.tx[n.txTail%ringSize]", found: "revbound"},
	{name: "bytes of a resource in a field", function: "transmit", line: "n.txTail++", add: "n.last = frames.tx[0].data[:]", found: "revbound"},
	{name: "resource in a method value", function: "start", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.later = regs.unmap", found: "revbound"},
	{name: "resource in an unsafe pointer", function: "start", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "n.address = unsafe.Pointer(regs)", found: "revbound"},
	{name: "resource in a goroutine", function: "handleInterrupt", line: "cause := regs.cause.Swap(0)", add: "go func() { regs.mask.Store(0) }()", found: "revbound"},
	{name: "resource in a callback of Go", function: "handleInterrupt", line: "cause := regs.cause.Swap(0)", add: "b.Go(func(context.Context, *device.Bound) { regs.mask.Store(0) })", found: "revbound"},
	{name: "resource in an action", function: "start", line: "n.linkUp.Store(regs.link.Load() == 1)", add: "b.OnUnbind(func() { regs.control.Store(0) })", found: "revbound"},
	{name: "bytes that are not copied", function: "payload", line: "return append([]byte(nil), f.data[:min(f.length, maxFrame)]...)", becomes: "return f.data[:min(f.length, maxFrame)]",
		found: "revbound", at: "receiveFrames: n.deliver(frames.rx[n.rxHead%ringSize].payload())"},
	{name: "resource out of quiesce", function: "quiesce", line: "regs.mask.Store(0)", add: "n.raw = regs", found: "revbound"},
	{name: "resource out of TryAccess", function: "ioctl", line: "var answer uint32", add: "n.raw = regs", found: "revescape"},
	{name: "resource of TryAccess in a timer", function: "ioctl", line: "n.dropped.Store(0)", becomes: "time.AfterFunc(watchPeriod, func() { regs.mask.Store(0) })", found: "revescape"},
	{name: "resource of TryAccess in a goroutine", function: "ioctl", line: "n.dropped.Store(0)", becomes: "go regs.mask.Store(0)", found: "revescape"},

	// The access is not what it was.
	{name: "no release", function: "ioctl", line: "defer g.Release()", becomes: "_ = g", found: "revleak", at: "ioctl: regs, g := n.regs.TryAccess()"},
	{name: "early release", function: "ioctl", line: "defer g.Release()", becomes: "g.Release()", found: "revuse", at: "ioctl: answer = regs.id.Load()"},
	{name: "second release", function: "ioctl", line: "n.dropped.Store(0)", becomes: "g.Release()", found: "revrelease", at: "ioctl: defer g.Release()"},
	{name: "no check", function: "ioctl", line: "if regs == nil {", becomes: "if regs == nil && cmd < 0 {", found: "revnil", at: "ioctl: answer = regs.id.Load()"},
	{name: "refusal without consequence", function: "ioctl", line: "return 0, syscall.ENODEV", becomes: "n.dropped.Add(1)", found: "revnil", at: "ioctl: answer = regs.id.Load()"},
	{name: "wrong check of the error", function: "watch", line: "if err != nil {", becomes: "if err == nil {", found: "revnil", at: "watch: n.linkUp.Store(regs.link.Load() == 1)"},
	{name: "error without consequence", function: "watch", line: "return", becomes: "n.dropped.Add(1)", found: "revnil", at: "watch: n.linkUp.Store(regs.link.Load() == 1)"},
	{name: "check of another resource", function: "transmit", line: "frames, err := n.rings.Access(b)", becomes: "frames, _ := n.rings.Access(b)", found: "revnil", at: "transmit: frames.tx[n.txTail%ringSize].set(payload)"},

	// The wait is for oneself.
	{name: "unbind in a scope", function: "send",
		line:    "err := n.dev.WithBound(func(b *device.Bound) error { return n.transmit(b, payload) })",
		becomes: "err := n.dev.WithBound(func(b *device.Bound) error { return n.dev.Unbind(context.Background()) })",
		found:   "revwait"},
	{name: "unbind of the token's device", function: "handleInterrupt", line: "cause := regs.cause.Swap(0)", add: "b.Device().Unbind(context.Background())", found: "revwait"},
	{name: "unbind in quiesce", function: "quiesce", line: "regs.mask.Store(0)", add: "b.Device().Unbind(context.Background())", found: "revwait"},
}

// places is a file of declarations for the things that a mutation needs: where to keep
// what it should not.
const places = `//go:build unix

package main

import (
	"context"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/revlint/revlint/revocable/device"
)

var (
	lastToken *device.Bound
	tokens    = make(map[string]*device.Bound)
)

type places struct {
	core     *device.Core
	token    *device.Bound
	all      []*device.Bound
	queue    chan *device.Bound
	current  atomic.Pointer[device.Bound]
	byKey    sync.Map
	anything any
	ctx      context.Context
	later    func()
	onUnbind func(func())
	users    sync.WaitGroup
	raw      *registers
	next     *frame
	last     []byte
	address  unsafe.Pointer
}

type key struct{}

type overflow struct{ token *device.Bound }

func (o *overflow) Error() string { return "overflow" }

func (n *nic) remember(v any) { n.anything = v }
`

// TestNicIsProved checks that nothing in the example is wrong, and nothing unknown.
func TestNicIsProved(t *testing.T) {
	strict := analyzers.NewOptions()
	strict.Strict = true
	for _, f := range corpus.Load(t, nil, nicInCorpus).Findings(t, analyzers.New(strict).Checks...) {
		t.Error(f)
	}
}

// TestNicMutated checks that each mutation of the example is found, and that nothing
// else is. All mutants are loaded at once, so that what they import is analysed once.
func TestNicMutated(t *testing.T) {
	example := readExample(t)
	overlay := make(map[string][]byte)
	want := make(map[string]corpus.Place) // by folder
	for i, m := range mutations {
		mutant := maps.Clone(example)
		place := m.apply(t, mutant)
		place.File = fmt.Sprintf("%s/mutant%02d/%s", nicInCorpus, i, place.File)
		want[path.Dir(place.File)] = place
		for name, source := range mutant {
			file, err := filepath.Abs(filepath.Join(nicFolder, path.Base(path.Dir(place.File)), name))
			if err != nil {
				t.Fatal(err)
			}
			overlay[file] = []byte(source)
		}
	}
	found := make(map[string][]corpus.Finding) // by folder
	for _, f := range corpus.Load(t, overlay, nicInCorpus+"/...").Findings(t, analyzers.All...) {
		found[path.Dir(f.File)] = append(found[path.Dir(f.File)], f)
	}
	for _, f := range found[nicInCorpus] {
		t.Errorf("not mutated: %v", f)
	}
	for i, folder := range slices.Sorted(maps.Keys(want)) {
		t.Run(mutations[i].name, func(t *testing.T) {
			got, m := found[folder], mutations[i]
			is := slices.ContainsFunc(got, func(f corpus.Finding) bool { return f.Place == want[folder] })
			switch {
			case is && m.missed != "":
				t.Errorf("found, although %s: take that out", m.missed)
			case !is && (m.missed == "" || len(got) > 0):
				t.Errorf("found %v, want %v", got, want[folder])
			}
			for _, f := range got {
				if f.Analyzer != m.found {
					t.Errorf("unexpected %v", f)
				}
			}
		})
	}
}

// readExample reads the files of the example, by name, and adds the places.
func readExample(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(nicFolder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	example := map[string]string{"places.go": places}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		example[filepath.Base(file)] = strings.Replace(string(source), "type nic struct {", "type nic struct {\n\tplaces\n", 1)
	}
	return example
}

// apply makes the mutation in the files, and returns where it is to be found.
func (m *mutation) apply(t *testing.T, files map[string]string) corpus.Place {
	t.Helper()
	name, line := find(t, files, m.function, m.line)
	lines := strings.Split(files[name], "\n")
	if m.add != "" {
		lines = slices.Insert(lines, line, m.add) // after the one of that number, for they are counted from 1
		line++
	} else {
		lines[line-1] = m.becomes
	}
	files[name] = strings.Join(lines, "\n")
	// More imports go where they change no line's number.
	for _, pkg := range []string{"context", "time", "unsafe"} {
		if strings.Contains(m.add+m.becomes, pkg+".") && !strings.Contains(files[name], `"`+pkg+`"`) {
			files[name] = strings.Replace(files[name], "package main", `package main; import "`+pkg+`"`, 1)
		}
	}
	if m.at != "" {
		function, at, _ := strings.Cut(m.at, ": ")
		name, line = find(t, files, function, at)
	}
	return corpus.Place{File: name, Line: line, Analyzer: m.found}
}

// find returns the file and the number of a line, the first such in the function.
func find(t *testing.T, files map[string]string, function, text string) (name string, line int) {
	t.Helper()
	for name, source := range files {
		inside := false
		for i, line := range strings.Split(source, "\n") {
			switch {
			case strings.HasPrefix(line, "func ") && strings.Contains(line, " "+function+"("):
				inside = true
			case line == "}":
				inside = false
			case inside && strings.TrimSpace(line) == text:
				return name, i + 1
			}
		}
	}
	t.Fatalf("no line %q in the function %s", text, function)
	return "", 0
}
