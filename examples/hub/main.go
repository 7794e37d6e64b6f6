package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/revlint/revlint/revocable/device"
)

func main() {
	load := flag.Duration("load", 300*time.Millisecond, "how long each level is put under load before it is taken away")
	flag.Parse()
	if err := demo(os.Stdout, *load); err != nil {
		fmt.Fprintln(os.Stderr, "hub:", err)
		os.Exit(1)
	}
}

// A level is what can be unplugged, with all that hangs on it.
type level struct {
	name   string
	unplug func(context.Context, *tree) error
	plugIn func(*tree) error
	lost   [ports]bool // the functions that go with it
}

var levels = []level{
	{
		name:   "disk",
		unplug: func(_ context.Context, t *tree) error { return t.pullDisk() },
		plugIn: func(t *tree) error { t.present[0].Store(true); return nil }, // the hub will see
		lost:   [ports]bool{true, false},
	},
	{
		name:   "hub",
		unplug: func(ctx context.Context, t *tree) error { return t.hub.Load().Unbind(ctx) },
		plugIn: (*tree).plugInHub,
		lost:   [ports]bool{true, true},
	},
	{
		name:   "controller",
		unplug: func(ctx context.Context, t *tree) error { return t.root.Unbind(ctx) },
		plugIn: (*tree).plugIn,
		lost:   [ports]bool{true, true},
	},
}

// pullDisk pulls the disk out of its port, and returns when the hub has seen it: in a look that began afterwards,
// so in the second that ends from now on.
func (t *tree) pullDisk() error {
	t.present[0].Store(false)
	seen := t.looks.Load() + 2
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(pollPeriod / 4) {
		if t.looks.Load() >= seen {
			return nil
		}
	}
	return errors.New("the hub does not look at its ports")
}

// demo takes each level away under load, and plugs it in again.
func demo(out io.Writer, load time.Duration) error {
	t := &tree{root: device.New("controller")}
	for i := range t.present {
		t.present[i].Store(true)
	}
	if err := t.plugIn(); err != nil {
		return err
	}
	if err := t.awaitFunctions(); err != nil {
		return err
	}
	for _, l := range levels {
		u := t.putToWork()
		u.awaitLoad(load)
		began := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		err := l.unplug(ctx, t)
		cancel()
		took := time.Since(began)
		if err != nil {
			return fmt.Errorf("unplugging the %s: %w", l.name, err)
		}
		for port, lost := range l.lost {
			if _, err := t.echo(port, 1); lost && err != syscall.ENODEV {
				return fmt.Errorf("after the %s was unplugged, port %d answers: %v", l.name, port, err)
			} else if !lost && err != nil {
				return fmt.Errorf("the %s was unplugged, but port %d does not work: %w", l.name, port, err)
			}
		}
		if err := l.plugIn(t); err != nil {
			return fmt.Errorf("plugging in the %s: %w", l.name, err)
		}
		if err := t.awaitFunctions(); err != nil {
			return err
		}
		done, refused, err := u.end()
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-10s unplugged in %v and plugged in again: %d operations, %d told ENODEV\n", l.name, took.Round(time.Microsecond), done, refused)
	}
	return t.root.Unbind(context.Background())
}

// awaitFunctions waits until both functions answer.
func (t *tree) awaitFunctions() error {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(pollPeriod / 4) {
		answer := 0
		for port := range t.functions {
			if t.functions[port].Load() == nil {
				continue
			}
			if _, err := t.echo(port, 1); err == nil {
				answer++
			}
		}
		if answer == ports {
			return nil
		}
	}
	return errors.New("the functions are not found")
}

// Users are at work on both functions.
type users struct {
	stop          atomic.Bool
	all           sync.WaitGroup
	done, refused atomic.Int64
	failed        atomic.Pointer[error]
}

func (t *tree) putToWork() *users {
	u := new(users)
	for i := range 2 * ports {
		u.all.Go(func() {
			for n := byte(0); !u.stop.Load(); n++ {
				switch echo, err := t.echo(i%ports, n); {
				case err == syscall.ENODEV:
					u.refused.Add(1)
					time.Sleep(pollPeriod / 10)
				case err == nil && echo == n^0xff:
					u.done.Add(1)
				default:
					err = fmt.Errorf("echo of %d is %d: %v", n, echo, err)
					u.failed.Store(&err)
					return
				}
			}
		})
	}
	return u
}

// awaitLoad lets them work for a while, in which they get something done.
func (u *users) awaitLoad(load time.Duration) {
	time.Sleep(load)
	for u.done.Load() == 0 && u.failed.Load() == nil {
		time.Sleep(pollPeriod)
	}
}

func (u *users) end() (done, refused int64, err error) {
	u.stop.Store(true)
	u.all.Wait()
	if failed := u.failed.Load(); failed != nil {
		err = *failed
	}
	return u.done.Load(), u.refused.Load(), err
}
