package device_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

// A mistake is what debug mode is to report. It is made in a process of its own, for
// debug mode is chosen when a program starts.
type mistake struct {
	make   func(d *device.Device, r *device.Devres[int], ctx context.Context)
	report string // a pattern of what is written to standard error
}

// unbindWithin waits for itself, for as long as ctx lets it.
func unbindWithin(d *device.Device, ctx context.Context) { d.Unbind(ctx) }

func keepToken(d *device.Device) (kept *device.Bound) {
	d.WithBound(func(b *device.Bound) error { kept = b; return nil })
	return kept
}

func selfUnbind(within string) string {
	return `device: Unbind of d waits for itself: it is called within ` + within +
		`\n  unbinding 0s ago by goroutine \d+:\n(?s:.*)unbindWithin(?s:.*)` + within + ` asked for 0s ago by goroutine \d+:\n(?s:.*)device_test`
}

var mistakes = map[string]mistake{
	"retired Access": {
		make: func(d *device.Device, r *device.Devres[int], _ context.Context) {
			if _, err := r.Access(keepToken(d)); err == nil {
				panic("accepted")
			}
		},
		report: `device: Devres.Access with the token of a scope of WithBound, which has returned\n` +
			`  used 0s ago by goroutine \d+:\n(?s:.*)debug_test(?s:.*)a scope of WithBound asked for 0s ago by goroutine \d+:\n(?s:.*)keepToken`,
	},
	"forged Access": {
		make: func(_ *device.Device, r *device.Devres[int], _ context.Context) {
			r.Access(new(device.Bound))
		},
		report: `device: Devres.Access with a token that is not valid`,
	},
	"retired Go": {
		make: func(d *device.Device, _ *device.Devres[int], _ context.Context) {
			defer func() { os.Stderr.WriteString(recover().(string)) }()
			keepToken(d).Go(func(context.Context, *device.Bound) {})
		},
		report: `device: Bound.Go with the token of a scope of WithBound, which has returned\n` +
			`  used 0s ago by goroutine \d+:\n(?s:.*)debug_test(?s:.*)a scope of WithBound asked for 0s ago by goroutine \d+:\n(?s:.*)keepToken`,
	},
	"Unbind in a scope": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.WithBound(func(*device.Bound) error { unbindWithin(d, ctx); return nil })
		},
		report: selfUnbind("a scope of WithBound"),
	},
	"Unbind in Go": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.WithBound(func(b *device.Bound) error {
				b.Go(func(context.Context, *device.Bound) { unbindWithin(d, ctx) })
				return nil
			})
		},
		report: selfUnbind(`a callback of Bound\.Go`),
	},
	"Unbind in a child's callback": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.WithBound(func(b *device.Bound) error {
				return b.NewChild("c").Bind(func(c *device.Core) error {
					c.Bound().Go(func(context.Context, *device.Bound) { unbindWithin(d, ctx) })
					return nil
				})
			})
		},
		report: selfUnbind(`a callback of Bound\.Go of its child c`),
	},
	"Unbind in AfterFunc": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.WithBound(func(b *device.Bound) error {
				b.AfterFunc(0, func(*device.Bound) { unbindWithin(d, ctx) })
				return nil
			})
		},
		report: selfUnbind(`a callback of Bound\.AfterFunc`),
	},
	"Unbind in probe": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.Unbind(ctx)
			d.Bind(func(*device.Core) error { unbindWithin(d, ctx); return nil })
		},
		report: selfUnbind("the probe"),
	},
	"Unbind in an action": {
		make: func(d *device.Device, _ *device.Devres[int], ctx context.Context) {
			d.WithBound(func(b *device.Bound) error {
				b.OnUnbind(func() { unbindWithin(d, ctx) })
				return nil
			})
			d.Unbind(context.Background())
		},
		report: selfUnbind("the undoing of the binding"),
	},
	"Unbind that takes long": {
		make: func(d *device.Device, _ *device.Devres[int], _ context.Context) {
			d.WithBound(func(b *device.Bound) error {
				b.Go(func(context.Context, *device.Bound) { time.Sleep(time.Minute) })
				return nil
			})
			d.Unbind(context.Background())
		},
		report: `device: Unbind of d has been running for 10s; what it waits for:(?s:.*)` +
			`a callback of Bound.Go, running for 10s on goroutine \d+, asked for 10s ago by goroutine \d+:\n(?s:.*)debug_test(?s:.*)` +
			`device: Unbind of d has been running for 30s`,
	},
	"action that takes long": {
		make: func(d *device.Device, _ *device.Devres[int], _ context.Context) {
			d.WithBound(func(b *device.Bound) error {
				b.Go(func(context.Context, *device.Bound) { time.Sleep(time.Second) })
				b.OnUnbind(func() { time.Sleep(time.Minute) })
				return nil
			})
			d.Unbind(context.Background())
		},
		report: `^device: Unbind of d has been running for 10s; what it waits for:\n` +
			`  the undoing of the binding, running for 9s on goroutine \d+, asked for 9s ago by goroutine \d+:\n`,
	},
	"none": {
		make: func(d *device.Device, r *device.Devres[int], ctx context.Context) {
			d.WithBound(func(b *device.Bound) error {
				r.Access(b)
				other := device.New("other")
				other.Bind(func(c *device.Core) error { r.Access(c.Bound()); return nil })
				other.Unbind(context.Background())
				b.Go(func(context.Context, *device.Bound) {
					ended, cancel := context.WithCancel(ctx)
					cancel()
					d.Unbind(ended)
				})
				return nil
			})
			d.Unbind(context.Background())
		},
		report: `^$`,
	},
}

func TestDebugMode(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("needs a second process")
	}
	for name, m := range mistakes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run=^TestMistake$")
			cmd.Env = append(os.Environ(), "REVOCABLEDEBUG=1", mistakeName+"="+name,
				"GORACE=atexit_sleep_ms=0") // the race detector's second at the end would be most of the test
			var out, report bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &report
			if err := cmd.Run(); err != nil {
				t.Errorf("%v\n%s", err, &out)
			}
			if !regexp.MustCompile(m.report).Match(report.Bytes()) {
				t.Errorf("reported:\n%s\nwant a match of:\n%s", &report, m.report)
			}
		})
	}
}

const mistakeName = "DEVICE_TEST_MISTAKE"

// TestMistake makes the mistake that the environment names. The bubble's clock makes it
// wait for minutes in no time.
func TestMistake(t *testing.T) {
	m, ok := mistakes[os.Getenv(mistakeName)]
	if !ok {
		t.Skip("run by TestDebugMode")
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		d := device.New("d")
		var r *device.Devres[int]
		bind(t, d, func(b *device.Bound) { r = device.Manage(b, new(int), nil) })
		m.make(d, r, ctx)
		synctest.Wait()
		unbind(t, d)
	})
}
