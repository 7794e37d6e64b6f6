package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A named mutant is one that was thought of before the tests were written, mostly because it is what is easily got wrong.
// Each has a test that is there on its account.
type named struct {
	name  string
	file  string
	edits [][2]string // what stands in the file once, and what it becomes
	test  string
}

var namedMutants = []named{
	{
		"a guard is not spent by its Release", "revocable/guard.go",
		[][2]string{{"\t\tg.releaseSlow()\n\t}\n\tg.gate = nil\n", "\t\tg.releaseSlow()\n\t}\n"}},
		"TestSecondReleaseStealsNoOtherAccess",
	},
	{
		"a refused access runs the clean-up itself", "revocable/gate.go",
		[][2]string{{"g.drained(func(f finisher) { go f.finish() })", "g.drained(finisher.finish)"}},
		"TestRefusedAccessDoesNotRunTheCleanup",
	},
	{
		"the hand-over at the deadline does not ask whether the last access has left", "revocable/gate.go",
		[][2]string{{"return g.stage.CompareAndSwap(stageAwaited, stageHanded)", "g.stage.Store(stageHanded)\n\treturn true"}},
		"TestLastAccessEndsAtTheDeadline",
	},
	{
		"a time-out is told although all was done", "revocable/wait.go",
		[][2]string{{"case <-ctx.Done():\n\t\treturn g.happened(e)", "case <-ctx.Done():\n\t\treturn false"}},
		"TestNoFalseTimeOut",
	},
	{
		"a handle keeps the clean-up", "revocable/provider.go",
		[][2]string{{"p.res, p.cleanup = nil, nil", "p.res = nil"}},
		"TestRevokedProviderKeepsNothing",
	},
	{
		"a token of a scope is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"\"a scope of WithBound\"), false)\n\tdefer token.retire()\n\treturn fn(token)", "\"a scope of WithBound\"), false)\n\terr := fn(token)\n\ttoken.retire()\n\treturn err"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		"a token of a callback is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"token := b.issue(h, false)\n\tdefer token.retire()\n\tfn(token)", "token := b.issue(h, false)\n\tfn(token)\n\ttoken.retire()"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		"a token of a probe is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"\"the probe\"), true)\n\tdefer token.retire()\n\treturn fn(&Core{bound: token})", "\"the probe\"), true)\n\terr := fn(&Core{bound: token})\n\ttoken.retire()\n\treturn err"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		"a timer is not stopped by the unbind", "revocable/device/binding.go",
		[][2]string{{"\t\tt.timer.Stop() // or it", "\t\t_ = t // or it"}},
		"TestUnbindLetsGoOfTimers",
	},
	{
		"a link is dropped", "revocable/registry/link.go",
		[][2]string{{"\t\te.consumers[l] = struct{}{}\n", ""}},
		"TestStick",
	},
	{
		"consumers are unbound in reverse order", "revocable/registry/link.go",
		[][2]string{{"\treturn all, last\n", "\treturn all, all[max(len(all)-1, 0):]\n"}},
		"TestConsumersWithoutConsumersFirst",
	},
	{
		"Leaving is told after the revocation", "revocable/registry/entry.go",
		[][2]string{
			{"\te.left = e.registry.tell(Leaving, e)\n", ""},
			{"\tr.tell(Gone, e)\n", "\te.left = r.tell(Leaving, e)\n\tr.tell(Gone, e)\n"},
		},
		"TestWithdrawInOrder",
	},
	{
		"an event is lost when a watcher begins while something is published", "revocable/registry/watch.go",
		[][2]string{{"\tw.received()\n\tif", "\tw.received()\n\tr.mu.Unlock()\n\tr.mu.Lock()\n\tif"}},
		"TestWatchersLoseNothing",
	},
	{
		"SetDeadline does not look a second time", "revocable/revio/deadline.go",
		[][2]string{{"\tif !o.core.Alive() {\n\t\to.wake()\n\t}\n", ""}},
		"TestDeadlineSetWhileRevoked",
	},
}

// tryNamed breaks what each of them says, and runs its test. It reports whether one survives.
func tryNamed(work string) (survived bool, err error) {
	for i, m := range namedMutants {
		path, err := filepath.Abs(m.file)
		if err != nil {
			return false, err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return false, err
		}
		broken := string(text)
		for _, e := range m.edits {
			if strings.Count(broken, e[0]) != 1 {
				return false, fmt.Errorf("%s: %q stands %d times in %s", m.name, e[0], strings.Count(broken, e[0]), m.file)
			}
			broken = strings.Replace(broken, e[0], e[1], 1)
		}
		r := &run{work: work}
		name := filepath.Join(work, fmt.Sprintf("named%d.go", i))
		if err := os.WriteFile(name, []byte(broken), 0o600); err != nil {
			return false, err
		}
		overlay, err := r.overlay("named.json", map[string]string{path: name})
		if err != nil {
			return false, err
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
		// Some are noticed by a race that the test does not always lose.
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay="+overlay, "-vet=off", "-failfast", "-count=20", "-timeout=2m",
			"-run=^"+m.test+"$", "./"+filepath.Dir(m.file))
		out, err := cmd.CombinedOutput()
		v, _ := judge(ctx, string(out), err)
		cancel()
		switch v {
		case invalid:
			return false, fmt.Errorf("%s: %s", m.name, out)
		case survives:
			survived = true
			fmt.Printf("survives  %s (%s)\n", m.name, m.test)
		default:
			fmt.Printf("dies      %s (%s)\n", m.name, m.test)
		}
	}
	return survived, nil
}
