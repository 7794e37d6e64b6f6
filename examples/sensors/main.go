//go:build unix

package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"github.com/revlint/revlint/revocable/registry"
)

func main() {
	address := flag.String("listen", "localhost:8080", "where to serve")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var r registry.Registry
	for _, name := range []string{"attic", "cellar", "garden"} {
		go func() {
			for ctx.Err() == nil { // plugged in for a while, and out
				if err := simulate(ctx, &r, name, time.Duration(3+rand.IntN(10))*time.Second); err != nil {
					log.Fatal(err)
				}
				time.Sleep(2 * time.Second)
			}
		}()
	}
	go func() {
		for e := range registry.Watch[sensor](ctx, &r, "sensors/*") {
			log.Print(e)
		}
	}()
	server := &http.Server{Addr: *address, Handler: service(&r)}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	log.Printf("http://%s/", *address)
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
}

// simulate plugs a sensor in, lets it measure for the time given, and pulls the cable.
func simulate(ctx context.Context, r *registry.Registry, name string, plugged time.Duration) error {
	board, tty, err := plug()
	if err != nil {
		return err
	}
	defer board.Close()
	if _, err := attach(r, name, tty); err != nil {
		return err
	}
	unplug := time.After(plugged)
	for celsius := 15 + 10*rand.Float64(); ; celsius += rand.Float64() - 0.5 {
		fmt.Fprintf(board, "%.1f\n", celsius)
		select {
		case <-time.After(200 * time.Millisecond):
		case <-unplug:
			return board.Close()
		case <-ctx.Done():
			return board.Close()
		}
	}
}

// plug returns the two ends of a new terminal in raw mode. Reads of the second are such that they can be woken.
func plug() (board, tty *os.File, err error) {
	device, slave, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer slave.Close()
	defer func() {
		if err != nil {
			_ = device.Close()
		}
	}()
	if _, err := term.MakeRaw(int(slave.Fd())); err != nil {
		return nil, nil, err
	}
	// Fd has made it blocking for good, so it is opened again.
	fd, err := unix.Open(slave.Name(), unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("opening %s: %w", slave.Name(), err)
	}
	return device, os.NewFile(uintptr(fd), slave.Name()), nil
}
