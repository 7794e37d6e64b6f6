package device_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// ticking binds d with a timer that notes at which seconds it ticks, and takes as long as it is told.
func ticking(t *testing.T, d *device.Device, takes map[int]time.Duration) (timer *device.Timer, ticks *[]int) {
	start := time.Now()
	ticks = new([]int)
	bind(t, d, func(b *device.Bound) {
		r, _ := managed(b)
		timer = b.Every(time.Second, func(b *device.Bound) {
			if _, err := r.Access(b); err != nil {
				t.Error(err)
			}
			at := int(time.Since(start).Seconds())
			*ticks = append(*ticks, at)
			time.Sleep(takes[at])
		})
	})
	return timer, ticks
}

func wantTicks(t *testing.T, got *[]int, want ...int) {
	t.Helper()
	synctest.Wait()
	if fmt.Sprint(*got) != fmt.Sprint(want) {
		t.Errorf("ticks at %v s, want %v", *got, want)
	}
}

func TestEveryTicksUntilUnbind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		_, ticks := ticking(t, d, nil)
		time.Sleep(3*time.Second + time.Millisecond)
		start := time.Now()
		begin(context.Background(), d).wantDone(t)
		if time.Since(start) != 0 {
			t.Error("Unbind waits for a timer that is only armed")
		}
		time.Sleep(time.Hour)
		wantTicks(t, ticks, 1, 2, 3)
	})
}

func TestEverySkipsWhatIsDueWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		_, ticks := ticking(t, d, map[int]time.Duration{2: 2500 * time.Millisecond, 6: time.Second})
		time.Sleep(9*time.Second + time.Millisecond)
		wantTicks(t, ticks, 1, 2, 5, 6, 8, 9)
		u := begin(context.Background(), d)
		u.wantDone(t)
	})
}

func TestEveryIsStoppedAndReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		timer, ticks := ticking(t, d, map[int]time.Duration{2: 500 * time.Millisecond, 12: 500 * time.Millisecond})
		time.Sleep(2*time.Second + 100*time.Millisecond)
		if !timer.Stop() || timer.Stop() {
			t.Error("Stop during a tick: want true, then false")
		}
		time.Sleep(5 * time.Second) // 7.1
		wantTicks(t, ticks, 1, 2)
		if timer.Stop() {
			t.Error("Stop of a stopped timer returns true")
		}
		if timer.Reset(2*time.Second) || !timer.Reset(time.Second) {
			t.Error("Reset of a stopped timer, and of one that ticks: want false, then true")
		}
		time.Sleep(2*time.Second + 100*time.Millisecond) // 9.2
		wantTicks(t, ticks, 1, 2, 8, 9)
		if !timer.Stop() {
			t.Error("Stop between two ticks returns false")
		}
		timer.Reset(3 * time.Second) // 12.2
		time.Sleep(3*time.Second + 100*time.Millisecond)
		if !timer.Stop() || timer.Reset(time.Second) { // 13.3, during a tick
			t.Error("Stop and Reset during a tick: want true, false")
		}
		time.Sleep(2*time.Second + 100*time.Millisecond)
		wantTicks(t, ticks, 1, 2, 8, 9, 12, 13, 14)
		unbind(t, d)
		if timer.Reset(time.Second) || timer.Stop() {
			t.Error("Reset or Stop after the unbind returns true")
		}
		time.Sleep(time.Hour)
		wantTicks(t, ticks, 1, 2, 8, 9, 12, 13, 14)
	})
}

func TestUnbindDuringATick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		timer, ticks := ticking(t, d, map[int]time.Duration{2: time.Minute})
		time.Sleep(3 * time.Second)
		u := begin(context.Background(), d)
		u.wantRunning(t, "during a tick")
		if timer.Reset(time.Second) || timer.Stop() {
			t.Error("Reset or Stop once the unbind has begun returns true")
		}
		time.Sleep(time.Hour)
		u.wantDone(t)
		wantTicks(t, ticks, 1, 2)
	})
}

func TestAfterFuncIsReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		start := time.Now()
		var fired []time.Duration
		var timer *device.Timer
		bind(t, d, func(b *device.Bound) {
			timer = b.AfterFunc(time.Minute, func(*device.Bound) {
				fired = append(fired, time.Since(start))
				if len(fired) == 1 && timer.Reset(time.Minute) {
					t.Error("Reset of a timer that has fired returns true")
				}
			})
		})
		time.Sleep(time.Second)
		if !timer.Reset(time.Hour) {
			t.Error("Reset of an armed timer returns false")
		}
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		if fmt.Sprint(fired) != "[1h0m1s 1h1m1s]" {
			t.Errorf("fired after %v", fired)
		}
		if timer.Reset(0) {
			t.Error("Reset of a timer that has fired returns true")
		}
		synctest.Wait()
		if len(fired) != 3 {
			t.Errorf("fired %d times", len(fired))
		}
		timer.Reset(time.Minute)
		begin(context.Background(), d).wantDone(t)
		time.Sleep(time.Hour)
		if len(fired) != 3 {
			t.Error("fired after the unbind")
		}
	})
}

func TestEveryWithoutAPeriodPanics(t *testing.T) {
	d := device.New("d")
	bind(t, d, func(b *device.Bound) {
		for what, f := range map[string]func(){
			"Every":       func() { b.Every(0, func(*device.Bound) {}) },
			"Timer.Reset": func() { b.Every(time.Hour, func(*device.Bound) {}).Reset(-1) },
		} {
			wantPanic(t, what+" with a period that is not positive", f)
		}
	})
	unbind(t, d)
}

// A timer that is only forgotten, and not stopped, keeps all that it needs in memory until its time has come.
func TestUnbindLetsGoOfTimers(t *testing.T) {
	d := device.New("d")
	collected := make(chan string, 2)
	bind(t, d, func(b *device.Bound) {
		for name, start := range map[string]func(time.Duration, func(*device.Bound)) *device.Timer{"AfterFunc": b.AfterFunc, "Every": b.Every} {
			big := new([1 << 16]byte)
			runtime.AddCleanup(big, func(name string) { collected <- name }, name)
			start(time.Hour, func(*device.Bound) { big[0]++ })
		}
	})
	unbind(t, d)
	for range 2 {
		await(t, collected, "a timer is kept after the unbind")
	}
}

// await waits for the garbage collector to send something.
func await(t *testing.T, collected <-chan string, complaint string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		runtime.GC()
		select {
		case <-collected:
			return
		case <-time.After(time.Millisecond):
		}
	}
	t.Error(complaint)
}

// Reset changes the period, and the beat: ticks come d after the Reset, twice d, and so on.
func TestEveryIsResetToAnotherPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		timer, ticks := ticking(t, d, nil)
		time.Sleep(1500 * time.Millisecond)
		if !timer.Reset(10 * time.Second) {
			t.Error("Reset of an armed timer")
		}
		time.Sleep(31 * time.Second)
		wantTicks(t, ticks, 1, 11, 21, 31)
		unbind(t, d)
	})
}

// TestResetWithinATick says whether the timer would have fired again.
func TestResetWithinATick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var timer *device.Timer
		var told []bool
		made := make(chan struct{})
		bind(t, d, func(b *device.Bound) {
			timer = b.Every(time.Second, func(*device.Bound) {
				<-made
				if len(told) == 0 {
					told = append(told, timer.Reset(time.Second), timer.Stop(), timer.Reset(time.Second))
				}
			})
		})
		close(made)
		time.Sleep(1500 * time.Millisecond)
		synctest.Wait()
		if len(told) != 3 || !told[0] || !told[1] || told[2] {
			t.Errorf("Reset, Stop, Reset: %v, want true, true, false", told)
		}
		unbind(t, d)
	})
}

// A stopped timer does not keep its function until its time would have come.
func TestStopLetsGo(t *testing.T) {
	d := device.New("d")
	collected := make(chan string, 1)
	bind(t, d, func(b *device.Bound) {
		ballast := new([1 << 12]byte)
		runtime.AddCleanup(ballast, func(what string) { collected <- what }, "stopped")
		b.AfterFunc(time.Hour, func(*device.Bound) { ballast[0]++ }).Stop()
	})
	await(t, collected, "a stopped timer is kept")
	unbind(t, d)
}
