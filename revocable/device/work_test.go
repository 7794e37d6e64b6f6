package device_test

import (
	"context"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func TestWorkRunsOncePerQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		runs, running := 0, 0
		var w *device.Work
		bind(t, d, func(b *device.Bound) {
			r, _ := managed(b)
			w = b.NewWork(func(ctx context.Context, b *device.Bound) {
				if running++; running > 1 {
					t.Error("two at a time")
				}
				runs++
				<-gate
				if _, err := r.Access(b); err != nil || ctx.Err() != nil {
					t.Errorf("Access: %v, context: %v", err, ctx.Err())
				}
				running--
			})
		})
		synctest.Wait()
		if runs != 0 {
			t.Fatal("runs without being queued")
		}
		if !w.Queue() {
			t.Error("an idle item is not queued")
		}
		synctest.Wait()
		if !w.Queue() || w.Queue() {
			t.Error("want a running item queued once more, and no more")
		}
		synctest.Wait()
		gate <- struct{}{}
		synctest.Wait()
		if runs != 2 {
			t.Errorf("%d runs, want the second when the first has ended", runs)
		}
		gate <- struct{}{}
		synctest.Wait()
		if runs != 2 {
			t.Errorf("%d runs for two calls of Queue", runs)
		}
		unbind(t, d)
		if w.Queue() {
			t.Error("queued after the unbind")
		}
	})
}

// cancel_work_sync copes with work that queues itself.
func TestUnbindStopsWorkThatQueuesItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		var w, other *device.Work
		var runs, late int
		bind(t, d, func(b *device.Bound) {
			w = b.NewWork(func(ctx context.Context, _ *device.Bound) {
				runs++
				w.Queue()
				select {
				case <-time.After(time.Second):
				case <-ctx.Done():
					if w.Queue() || other.Queue() {
						t.Error("queued after the unbind has begun")
					}
				}
			})
			other = b.NewWork(func(context.Context, *device.Bound) { late++ })
			w.Queue()
		})
		time.Sleep(10*time.Second + time.Millisecond)
		begin(context.Background(), d).wantDone(t)
		if runs != 11 || late != 0 {
			t.Errorf("%d runs, %d after the unbind had begun", runs, late)
		}
	})
}

func TestCancelDequeuesAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		runs := 0
		var w *device.Work
		bind(t, d, func(b *device.Bound) {
			w = b.NewWork(func(context.Context, *device.Bound) { runs++; <-gate })
		})
		w.Cancel()
		w.Queue()
		synctest.Wait()
		w.Queue()
		cancelled := make(chan struct{})
		for range 2 {
			go func() { w.Cancel(); cancelled <- struct{}{} }()
		}
		synctest.Wait()
		select {
		case <-cancelled:
			t.Error("Cancel returned while the item was running")
		default:
		}
		if w.Queue() {
			t.Error("queued while Cancel waits")
		}
		close(gate)
		<-cancelled
		<-cancelled
		synctest.Wait()
		if runs != 1 {
			t.Errorf("%d runs: Cancel did not take the item off the queue", runs)
		}
		if !w.Queue() {
			t.Error("not queued after Cancel")
		}
		w.Cancel() // before it has begun, perhaps
		unbind(t, d)
	})
}

func TestCancelFromWithinDequeuesOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		runs := 0
		bind(t, d, func(b *device.Bound) {
			var w *device.Work
			w = b.NewWork(func(context.Context, *device.Bound) {
				runs++
				w.Queue()
				w.Cancel()
			})
			w.Queue()
		})
		synctest.Wait()
		if runs != 1 {
			t.Errorf("%d runs", runs)
		}
		unbind(t, d)
	})
}

func TestWorkThatEndsItsGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		runs := 0
		var kept *device.Bound
		var r *device.Devres[int]
		bind(t, d, func(b *device.Bound) {
			r, _ = managed(b)
			var w *device.Work
			w = b.NewWork(func(_ context.Context, b *device.Bound) {
				if runs++; runs == 1 {
					kept = b
					w.Queue()
					runtime.Goexit()
				}
			})
			w.Queue()
		})
		synctest.Wait()
		if runs != 2 {
			t.Errorf("%d runs", runs)
		}
		if _, err := r.Access(kept); err != device.ErrWrongDevice {
			t.Errorf("the token of a run that ended its goroutine: %v", err)
		}
		begin(context.Background(), d).wantDone(t)
	})
}

// Goroutines queue and cancel at will: a run for each Queue that is not taken back, never two at a time.
func TestStressOfWork(t *testing.T) {
	total := int64(0)
	for range rounds(20) {
		d := device.New("d")
		var running, runs, queued atomic.Int64
		plain := 0 // under -race, two at a time are seen here
		var w *device.Work
		bind(t, d, func(b *device.Bound) {
			w = b.NewWork(func(ctx context.Context, _ *device.Bound) {
				if running.Add(1) != 1 {
					t.Error("two at a time")
				}
				plain++
				runs.Add(1)
				running.Add(-1)
			})
		})
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				for range 300 {
					if i == 0 {
						w.Cancel()
						runtime.Gosched()
					} else if w.Queue() {
						queued.Add(1)
					}
				}
			})
		}
		all.Wait()
		w.Cancel()
		total += runs.Load()
		if running.Load() != 0 || runs.Load() > queued.Load() {
			t.Errorf("running %d, %d runs for %d calls of Queue", running.Load(), runs.Load(), queued.Load())
		}
		unbind(t, d)
	}
	if total == 0 {
		t.Error("nothing ever ran: the test shows nothing")
	}
	t.Logf("%d runs", total)
}

func TestCallbacksCarryProfilerLabels(t *testing.T) {
	d := device.New("labelled card")
	stop := make(chan struct{})
	var begun sync.WaitGroup
	begun.Add(4)
	wait := func(*device.Bound) { begun.Done(); <-stop }
	bind(t, d, func(b *device.Bound) {
		b.Go(func(_ context.Context, b *device.Bound) { wait(b) })
		b.NewWork(func(_ context.Context, b *device.Bound) { wait(b) }).Queue()
		b.AfterFunc(0, wait)
		b.Every(time.Millisecond, func(b *device.Bound) {
			select {
			case <-stop:
			default:
				wait(b)
			}
		})
	})
	begun.Wait()
	var profile strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&profile, 1); err != nil {
		t.Fatal(err)
	}
	close(stop)
	unbind(t, d)
	if n := strings.Count(profile.String(), `# labels: {"device":"labelled card"}`); n != 4 {
		t.Errorf("%d of 4 kinds of callbacks are labelled:\n%s", n, &profile)
	}
}

// TestUnbindWaitsForWork that does not look at its context.
func TestUnbindWaitsForWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		bind(t, d, func(b *device.Bound) {
			b.NewWork(func(context.Context, *device.Bound) { <-gate }).Queue()
		})
		synctest.Wait()
		u := begin(context.Background(), d)
		u.wantRunning(t, "work runs")
		close(gate)
		u.wantDone(t)
	})
}

func TestQueueWhileCancelWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := device.New("d")
		gate := make(chan struct{})
		var w *device.Work
		bind(t, d, func(b *device.Bound) {
			w = b.NewWork(func(context.Context, *device.Bound) { <-gate })
		})
		w.Queue()
		synctest.Wait()
		cancelled := make(chan struct{})
		go func() { defer close(cancelled); w.Cancel() }()
		synctest.Wait()
		if w.Queue() {
			t.Error("queued while Cancel waits")
		}
		close(gate)
		<-cancelled
		if !w.Queue() {
			t.Error("not queued afterwards")
		}
		unbind(t, d)
	})
}

// TestQueueCancelQueue before the first run has begun: never two at a time all the same.
func TestQueueCancelQueue(t *testing.T) {
	for range 50 { // who begins when is the scheduler's affair
		synctest.Test(t, func(t *testing.T) {
			d := device.New("d")
			gate := make(chan struct{})
			var running, most atomic.Int32
			var w *device.Work
			bind(t, d, func(b *device.Bound) {
				w = b.NewWork(func(context.Context, *device.Bound) {
					if n := running.Add(1); n > most.Load() {
						most.Store(n)
					}
					select {
					case <-gate:
					case <-time.After(time.Second): // for Cancel, if the run had begun
					}
					running.Add(-1)
				})
			})
			w.Queue()
			w.Cancel() // waits for a run that has begun, or will
			w.Queue()
			synctest.Wait()
			w.Queue()
			synctest.Wait()
			if most.Load() > 1 {
				t.Error("two at a time")
			}
			close(gate)
			unbind(t, d)
		})
	}
}

// Each run sees what the one before it has written, and whoever cancels sees what all of them have. The race detector looks.
func TestRunsAndCancelAreInOrder(t *testing.T) {
	d := device.New("d")
	runs := 0
	var w *device.Work
	bind(t, d, func(b *device.Bound) {
		w = b.NewWork(func(context.Context, *device.Bound) { runtime.Gosched(); runs++; runtime.Gosched() })
	})
	seen := 0
	for range rounds(300) {
		w.Queue()
		runtime.Gosched()
		w.Queue()
		w.Cancel()
		if runs < seen || runs > seen+2 {
			t.Fatalf("%d runs, %d before", runs, seen)
		}
		seen = runs
	}
	unbind(t, d)
}
