package revocable

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	snares "github.com/revlint/revlint/revocable/internal/snare"
)

// The names of these functions must appear in stacks.

//go:noinline
func takeAccess(h Handle[chip]) Guard {
	_, g := h.TryAccess()
	return g
}

//go:noinline
func releaseFirst(g Guard) { g.Release() }

//go:noinline
func releaseAgain(g Guard) { g.Release() }

//go:noinline
func revokeInside(p *Provider[chip]) { p.Revoke() }

// reports checks that text has all the words, in order.
func reports(t *testing.T, text string, words ...string) {
	t.Helper()
	rest := text
	for _, w := range words {
		_, after, found := strings.Cut(rest, w)
		if !found {
			t.Errorf("the report lacks %q, or has it too early:\n%s", w, text)
			return
		}
		rest = after
	}
}

func TestDebugDoubleReleaseThroughACopyHasThreeStacks(t *testing.T) {
	out := debugTo(t, time.Hour)
	p := NewProvider(&chip{})
	g := takeAccess(p.Handle())
	other := takeAccess(p.Handle()) // hides the double release from the count
	releaseFirst(g)
	panics(t, func() { releaseAgain(g) })
	reports(t, out.take(), "double release of an access to revocable.chip",
		"taken", "takeAccess", "released first", "releaseFirst", "released again", "releaseAgain")
	if n := p.Stats().Running; n != 1 {
		t.Errorf("%d accesses run: the double release was counted", n)
	}
	other.Release()
	p.Revoke()
}

func TestDebugDoubleReleaseOfOneVariable(t *testing.T) {
	out := debugTo(t, time.Hour)
	p := NewProvider(&chip{})
	g := takeAccess(p.Handle())
	g.Release()
	panics(t, g.Release)
	reports(t, out.take(), "double release", "takeAccess", "released first", "released again")
}

func TestDebugLeakedGuard(t *testing.T) {
	out := debugTo(t, time.Hour)
	p := NewProvider(&chip{})
	func() {
		takeAccess(p.Handle())
		released := takeAccess(p.Handle())
		released.Release()
	}()
	kept := takeAccess(p.Handle())
	var text string
	collect(func() bool { text = out.take(); return text != "" })
	reports(t, text, "leaked access to revocable.chip", "taken", "takeAccess", "TestDebugLeakedGuard")
	if n := strings.Count(text, "leaked"); n != 1 {
		t.Errorf("%d reports for one leaked guard", n)
	}
	kept.Release()
	p.RevokeNoWait()
}

//go:noinline
func makeAndForget(opts ...Option[chip]) Handle[chip] {
	return NewProvider(&chip{}, opts...).Handle()
}

func TestDebugForgottenProvider(t *testing.T) {
	out := debugTo(t, time.Hour)
	release := WithCleanup((*chip).release)
	makeAndForget()        // nothing is lost with it
	makeAndForget(release) // this one is to be found
	kept := makeAndForget(release)
	kept.p.RevokeNoWait()
	func() {
		revoked := makeAndForget(release)
		revoked.p.Revoke()
	}()
	kept = makeAndForget(release)
	var text string
	collect(func() bool { text = out.take(); return text != "" })
	runtime.KeepAlive(kept)
	reports(t, text, "forgotten provider of revocable.chip", "clean-up will not run", "made", "makeAndForget", "TestDebugForgottenProvider")
	if n := strings.Count(text, "forgotten"); n != 1 {
		t.Errorf("%d reports for one forgotten provider:\n%s", n, text)
	}
	kept.p.Revoke()
}

func TestDebugStuckRevokeNamesHoldersAtDoublingIntervals(t *testing.T) {
	out := debugTo(t, 10*time.Second)
	synctest.Test(t, func(t *testing.T) {
		p := NewProvider(&chip{})
		begin := time.Now()
		old := takeAccess(p.Handle())
		time.Sleep(5 * time.Second)
		young := takeAccess(p.Handle())
		revoked := start(func() { p.Revoke() })
		var at []time.Duration
		for time.Since(begin) < 100*time.Second {
			synctest.Wait()
			if text := out.take(); text != "" {
				at = append(at, time.Since(begin)-5*time.Second)
				reports(t, text, "revocation of revocable.chip stuck after", "accesses still running: 2",
					"revoking", "Revoke", "access held", "takeAccess", "access held", "takeAccess")
				held := regexp.MustCompile(`access held (\S+) ago`).FindAllStringSubmatch(text, -1)
				if len(at) == 1 && (held[0][1] != "15s" || held[1][1] != "10s") {
					t.Errorf("ages %v: want the older first", held)
				}
			}
			time.Sleep(time.Second)
		}
		if got := fmt.Sprint(at); got != "[10s 20s 40s 1m20s]" {
			t.Errorf("reports after %s", got)
		}
		old.Release()
		young.Release()
		if !revoked() {
			t.Error("Revoke did not return")
		}
	})
}

func TestDebugTimedOutRevocationNamesHolders(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		p := NewProvider(&chip{})
		g := takeAccess(p.Handle())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		p.RevokeContext(ctx)
		text := out.take()
		reports(t, text, "inside an access") // the same goroutine holds it
		reports(t, text, "given up, but in force, after 1s; accesses still running: 1", "revoking", "RevokeContext", "access held 1s ago", "takeAccess")
		g.Release()
	})
}

func TestDebugSelfRevocationIsReportedAtOnce(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		p := NewProvider(&chip{})
		end := make(chan Guard, 1)
		stuck := start(func() {
			end <- takeAccess(p.Handle())
			revokeInside(p)
		})
		if stuck() {
			t.Fatal("Revoke inside an access returned")
		}
		reports(t, out.take(), "inside an access that the same goroutine took", "revoking", "revokeInside", "access taken", "takeAccess")
		g := <-end
		g.Release()

		// Another goroutine's access is no reason to report.
		p = NewProvider(&chip{})
		g = takeAccess(p.Handle())
		revoked := start(func() { p.Revoke() })
		revoked()
		g.Release()
		if text := out.take(); text != "" {
			t.Errorf("reported without reason:\n%s", text)
		}
	})
}

func TestDebugRevokeInsideTheCleanupIsReportedAtOnce(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		var p *Provider[chip]
		ctx, cancel := context.WithCancel(t.Context())
		p = NewProvider(&chip{}, WithCleanup(func(*chip) { p.RevokeContext(ctx) }))
		stuck := start(func() { p.Revoke() })
		if stuck() {
			t.Fatal("did not wait for itself")
		}
		reports(t, out.take(), "inside its own clean-up", "revoking", "RevokeContext")
		cancel()
		if !stuck() {
			t.Error("did not go on")
		}
	})
}

func TestDebugSettings(t *testing.T) {
	for _, c := range []struct {
		setting string
		after   time.Duration // 0: off
		says    string
	}{
		{setting: ""}, {setting: "0"}, {setting: "off"},
		{setting: "1", after: 10 * time.Second},
		{setting: "on", after: 10 * time.Second},
		{setting: "stuck=3s", after: 3 * time.Second},
		{setting: "1, stuck=200ms", after: 200 * time.Millisecond},
		{setting: "stuck=soon", after: 10 * time.Second, says: "REVOCABLEDEBUG: stuck=soon: want a duration above zero"},
		{setting: "stuck=-1s", after: 10 * time.Second, says: "want a duration above zero"},
		{setting: "leeks", after: 10 * time.Second, says: `unknown setting "leeks"`},
	} {
		var out bytes.Buffer
		d := newDebugger(c.setting, &out)
		if (d != nil) != (c.after != 0) || d != nil && d.stuckAfter != c.after {
			t.Errorf("%q gives %+v", c.setting, d)
		}
		if !strings.Contains(out.String(), c.says) || c.says == "" && out.Len() > 0 {
			t.Errorf("%q says %q", c.setting, out.String())
		}
	}
}

// The environment of a real process turns it on.
func TestDebugByEnvironment(t *testing.T) {
	if os.Getenv("REVOCABLE_TEST_CHILD") != "" {
		p := NewProvider(&chip{})
		g := takeAccess(p.Handle())
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			<-p.Handle().Revoked()
			cancel()
		}()
		p.RevokeContext(ctx)
		g.Release()
		return
	}
	if runtime.GOOS == "js" {
		t.Skip("needs a second process")
	}
	for setting, want := range map[string]bool{"1": true, "0": false} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDebugByEnvironment$")
		cmd.Env = append(os.Environ(), "REVOCABLE_TEST_CHILD=1", "REVOCABLEDEBUG="+setting, "GORACE=atexit_sleep_ms=0")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Run(); err != nil {
			t.Fatal(err, stderr.String())
		}
		if got := strings.Contains(stderr.String(), "inside an access that the same goroutine took"); got != want {
			t.Errorf("REVOCABLEDEBUG=%s: report: %v, want %v\n%s", setting, got, want, stderr.String())
		}
	}
}

// Accesses that were refused or have ended are not in the reports, nor in the counts.
func TestDebugCountsAccessesThatRunAlone(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		p := NewProvider(&chip{})
		h := p.Handle()
		ended := takeAccess(h)
		running := takeAccess(h)
		ended.Release()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		revoked := start(func() { p.RevokeContext(ctx) })
		revoked()
		before := p.open.Load()
		refused(t, h)
		for range 3 { // overtaken, after they had read the mode
			if p.enterRecorded() != nil {
				t.Error("an access after the revocation")
			}
		}
		if after := p.open.Load(); after != before {
			t.Errorf("refused accesses have made the count %d of %d", after, before)
		}
		time.Sleep(2 * time.Second)
		text := out.take()
		reports(t, text, "given up, but in force, after 1s; accesses still running: 1", "access held 1s ago")
		if n := strings.Count(text, "access held"); n != 1 || strings.Contains(text, "running on goroutine") {
			t.Errorf("%d accesses are named, or a function that does not run:\n%s", n, text)
		}
		running.Release()
	})
}

// A wait for the clean-up names the goroutine that runs it.
func TestDebugWaitNamesTheCleanup(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		proceed := make(chan struct{})
		p := NewProvider(&chip{}, WithCleanup(func(*chip) { <-proceed }))
		done := start(func() { p.Revoke() })
		done()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		p.RevokeContext(ctx)
		reports(t, out.take(), "given up, but in force, after 1s; accesses still running: 0", "clean-up running on goroutine")
		close(proceed)
	})
}

// What nobody will release is said to be leaked also where somebody waits for it.
func TestDebugWaitNamesTheLeak(t *testing.T) {
	out := debugTo(t, time.Hour)
	p := NewProvider(&chip{})
	func() { takeAccess(p.Handle()) }()
	if !collect(func() bool { return strings.Contains(out.take(), "leaked access") }) {
		t.Fatal("the leak is not reported")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p.RevokeContext(ctx)
	reports(t, out.take(), "given up, but in force,", "access leaked", "takeAccess")
}

func TestDebugModeHasSnares(t *testing.T) {
	debugTo(t, time.Hour)
	p := NewProvider(&chip{})
	sprung := snares.RevokeAt(p, 2)
	first := takeAccess(p.Handle())
	first.Release()
	if sprung() {
		t.Error("revoked at the first access")
	}
	refused(t, p.Handle())
	if !sprung() {
		t.Error("not revoked at the second")
	}
}

// Who waits for a clean-up or an access of others does not wait for itself, whatever ran before on its goroutine.
func TestDebugWaitsForOthersAreNotReported(t *testing.T) {
	out := debugTo(t, time.Hour)
	synctest.Test(t, func(t *testing.T) {
		hold := make(chan struct{})
		p := NewProvider(&chip{}, WithInterrupt(func(*chip) {}), WithCleanup(func(*chip) { <-hold }))
		g := takeAccess(p.Handle())
		other := make(chan Guard)
		go func() { g := takeAccess(p.Handle()); other <- g; <-hold; g.Release() }()
		<-other
		g.Release()
		first := start(func() { p.Revoke() })
		first()
		hold <- struct{}{} // the access ends, the clean-up begins
		synctest.Wait()
		second := start(func() { p.Revoke() })
		if first() || second() {
			t.Error("revoked while it is cleaned up")
		}
		close(hold)
		if !first() || !second() {
			t.Error("not revoked")
		}
	})
	if text := out.take(); text != "" {
		t.Errorf("reported:\n%s", text)
	}
}
