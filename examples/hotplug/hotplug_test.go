//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/revlint/revlint/examples/internal/planted"
	"github.com/revlint/revlint/revocable"
)

// plugged is a modem and the driver that is attached to it. The test ends with the modem
// unplugged and the port closed.
func plugged(t *testing.T) (*modem, *driver) {
	t.Helper()
	m, err := plugIn()
	if err != nil {
		t.Fatal(err)
	}
	d, err := attach(m.name)
	if err != nil {
		m.pull()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		m.pull() // an error if the test has pulled it
		<-d.gone
	})
	return m, d
}

// listening is a line on the port of a driver, with a goroutine that receives one frame.
// The line is done once received has its outcome.
type listening struct {
	*line
	halfway  chan int // how far the frame is
	received chan error
}

func listen(d *driver) *listening {
	l := &listening{halfway: make(chan int, 100), received: make(chan error, 1)}
	l.line = &line{port: d.handle(), halfway: func(pending int) { l.halfway <- pending }}
	go func() {
		_, err := l.receive()
		l.received <- err
	}()
	return l
}

// await returns when pending bytes of a frame have come, and the line sleeps, or is about to.
func (l *listening) await(t *testing.T, pending int) {
	t.Helper()
	for {
		select {
		case n := <-l.halfway:
			if n == pending {
				return
			}
		case err := <-l.received:
			t.Fatalf("receive returns %v before %d bytes have come", err, pending)
		}
	}
}

func TestFrames(t *testing.T) {
	m, d := plugged(t)
	l := &line{port: d.handle()}
	// Every byte there is, so that one would be changed if the port were not raw.
	var all []byte
	for b := range 256 {
		all = append(all, byte(b))
	}
	for _, frame := range [][]byte{all, []byte("x"), bytes.Repeat([]byte{end}, 600), bytes.Repeat([]byte("x"), maxFrame)} {
		if err := m.transmit(encode(frame)); err != nil {
			t.Fatal(err)
		}
		if got, err := l.receive(); err != nil || !bytes.Equal(got, frame) {
			t.Fatalf("received %q, %v; want %q", got, err, frame)
		}
		if err := l.send(frame); err != nil {
			t.Fatal(err)
		}
		if got, err := m.listen(); err != nil || !bytes.Equal(got, frame) {
			t.Fatalf("the modem received %q, %v; want %q", got, err, frame)
		}
	}
}

func TestLostFrameLosesNoOther(t *testing.T) {
	m, d := plugged(t)
	l := &line{port: d.handle()}
	if err := m.transmit([]byte("o\xdbe\xc0two\xc0")); err != nil {
		t.Fatal(err)
	}
	var lost *lostFrame
	if frame, err := l.receive(); !errors.As(err, &lost) || frame != nil {
		t.Errorf("received %q, %v; want a lost frame", frame, err)
	}
	if frame, err := l.receive(); err != nil || string(frame) != "two" {
		t.Errorf("received %q, %v; want the frame after the lost one", frame, err)
	}
}

// wantGone checks that err tells of an unplugged port, with a text in its message.
func wantGone(t *testing.T, err error, text string) {
	t.Helper()
	var gone *unplugged
	if !errors.As(err, &gone) || !errors.Is(err, revocable.ErrRevoked) || !strings.Contains(err.Error(), text) {
		t.Errorf("error %v, want one that says the port was unplugged%s", err, text)
	}
}

func TestUnpluggedInMidFrame(t *testing.T) {
	m, d := plugged(t)
	l := listen(d)
	if err := m.transmit([]byte("\xc0half a fra")); err != nil {
		t.Fatal(err)
	}
	l.await(t, len("half a fra"))
	if err := m.pull(); err != nil {
		t.Fatal(err)
	}
	wantGone(t, <-l.received, " in mid-frame: 10 bytes of it had come")
	<-d.gone
	_, err := l.receive()
	if wantGone(t, err, ""); strings.Contains(err.Error(), "mid-frame") {
		t.Errorf("error %v: the frame was given up before", err)
	}
	wantGone(t, l.send([]byte("x")), "")
}

// TestDetachWakesReader takes the port away from a reader that sleeps in it, or is about
// to; there is no hang-up that would wake it.
func TestDetachWakesReader(t *testing.T) {
	m, d := plugged(t)
	l := listen(d)
	if err := m.transmit([]byte("half")); err != nil {
		t.Fatal(err)
	}
	l.await(t, len("half"))
	d.detach()
	wantGone(t, <-l.received, " in mid-frame: 4 bytes of it had come")
}

// TestDetachWakesWriter does the same to a writer. It sleeps since nobody reads what it
// sends, which is more than any terminal holds.
func TestDetachWakesWriter(t *testing.T) {
	m, d := plugged(t)
	l := &line{port: d.handle()}
	sent := make(chan error, 1)
	go func() { sent <- l.send(bytes.Repeat([]byte("x"), 1<<24)) }()
	if _, err := m.wire.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	d.detach()
	wantGone(t, <-sent, " of its 16777218 bytes were sent")
}

// TestHangUpRevokes checks that the driver notices a hang-up although nobody uses the port.
func TestHangUpRevokes(t *testing.T) {
	m, d := plugged(t)
	h := d.handle()
	if err := m.pull(); err != nil {
		t.Fatal(err)
	}
	<-h.Revoked()
	if p, access := h.TryAccess(); p != nil {
		access.Release()
		t.Error("the port is still there")
	}
}

// TestCloseAfterLastAccess checks that a port is not closed under an access, and is closed
// after it.
func TestCloseAfterLastAccess(t *testing.T) {
	m, err := plugIn()
	if err != nil {
		t.Fatal(err)
	}
	defer m.pull()
	tty, err := openRaw(m.name)
	if err != nil {
		t.Fatal(err)
	}
	lookout, err := os.OpenFile(m.name, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	d := drive(&port{tty: tty}, lookout)
	err = d.handle().With(func(*port) error {
		if err := m.pull(); err != nil {
			return err
		}
		<-d.handle().Revoked()
		_, err := tty.Stat()
		return err
	})
	if err != nil {
		t.Fatalf("within the access: %v", err)
	}
	<-d.gone
	if _, err := tty.Stat(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after the access: %v, want ErrClosed", err)
	}
}

// TestDetachWaitsForAccess checks that detach returns no earlier than whoever uses the port
// has left it.
func TestDetachWaitsForAccess(t *testing.T) {
	_, d := plugged(t)
	detached := make(chan struct{})
	err := d.handle().With(func(p *port) error {
		go func() { defer close(detached); d.detach() }()
		if _, err := p.Read(make([]byte, 1)); !errors.Is(err, errHungUp) {
			return fmt.Errorf("woken with %v, want %v", err, errHungUp)
		}
		for range 1000 { // turns in which a detach that does not wait returns
			runtime.Gosched()
		}
		select {
		case <-detached:
			return errors.New("detach has returned")
		default:
			return nil
		}
	})
	if err != nil {
		t.Errorf("within the access: %v", err)
	}
	<-detached
}

// TestPortHangsUp checks a port that no driver watches: the hang-up alone is told to readers
// and to writers.
func TestPortHangsUp(t *testing.T) {
	m, err := plugIn()
	if err != nil {
		t.Fatal(err)
	}
	tty, err := openRaw(m.name)
	if err != nil {
		t.Fatal(errors.Join(err, m.pull()))
	}
	p := &port{tty: tty}
	defer p.close()
	if err := m.pull(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Read(make([]byte, 1)); !errors.Is(err, errHungUp) {
		t.Errorf("Read: %v, want %v", err, errHungUp)
	}
	if _, err := p.Write([]byte("x")); !errors.Is(err, errHungUp) {
		t.Errorf("Write: %v, want %v", err, errHungUp)
	}
}

func TestReconnection(t *testing.T) {
	halfway := make(chan struct{})
	errs := make(chan error, 1)
	computer := &service{
		answer: func(frame []byte) []byte { return frame },
		report: func(err error) { errs <- err },
		halfway: func(pending int) {
			if pending == len("rest of the fra") {
				close(halfway)
			}
		},
	}
	ports := make(chan revocable.Handle[port])
	stopped := make(chan struct{})
	go func() { defer close(stopped); computer.serve(ports) }()

	first, d := plugged(t)
	ports <- d.handle()
	if answer, err := first.call([]byte("first")); err != nil || string(answer) != "first" {
		t.Fatalf("answered %q, %v", answer, err)
	}
	if err := first.transmit([]byte("rest of the fra")); err != nil {
		t.Fatal(err)
	}
	<-halfway
	if err := first.pull(); err != nil {
		t.Fatal(err)
	}
	wantGone(t, <-errs, " in mid-frame: 15 bytes of it had come")

	second, d := plugged(t)
	ports <- d.handle()
	// Without an end at its beginning, so that it would show what is left of the frame before.
	if err := second.transmit([]byte("second\xc0")); err != nil {
		t.Fatal(err)
	}
	if answer, err := second.listen(); err != nil || string(answer) != "second" {
		t.Fatalf("answered %q, %v", answer, err)
	}
	if err := second.pull(); err != nil {
		t.Fatal(err)
	}
	wantGone(t, <-errs, "")
	close(ports)
	<-stopped
}

// TestServiceReportsLostFrame checks that a lost frame is no reason to give a port up.
func TestServiceReportsLostFrame(t *testing.T) {
	errs := make(chan error, 1)
	computer := &service{
		answer: func(frame []byte) []byte { return frame },
		report: func(err error) { errs <- err },
	}
	m, d := plugged(t)
	stopped := make(chan struct{})
	go func() { defer close(stopped); computer.servePort(d.handle()) }()
	if err := m.transmit([]byte("\xdb!\xc0")); err != nil {
		t.Fatal(err)
	}
	if err := <-errs; !errors.Is(err, errEscape) {
		t.Errorf("reported %v, want %v", err, errEscape)
	}
	if answer, err := m.call([]byte("next")); err != nil || string(answer) != "next" {
		t.Errorf("answered %q, %v", answer, err)
	}
	d.detach()
	wantGone(t, <-errs, "")
	<-stopped
}

func TestAttachToNothing(t *testing.T) {
	name := t.TempDir() + "/tty"
	if _, err := attach(name); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), name) {
		t.Errorf("attach: %v, want one that names the terminal", err)
	}
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := attach(name); err == nil || !strings.Contains(err.Error(), "raw mode") {
		t.Errorf("attach to a file: %v, want one that says it is no terminal", err)
	}
}

func TestDemo(t *testing.T) {
	var out strings.Builder
	if err := demo(&out); err != nil {
		t.Fatal(err)
	}
	const lost = "computer  the port was unplugged in mid-frame: 24 bytes of it had come\n"
	if n := strings.Count(out.String(), lost); n != 2 {
		t.Errorf("the demo tells of %d modems unplugged in mid-frame, want 2:\n%s", n, &out)
	}
}

func TestMistake(t *testing.T) {
	planted.Check(t, "../../cmd/revlint", "testdata/mistake", "../../docs/devices.md")
}
