//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/creack/pty"
)

// A modem is the hardware: the other side of a pseudo-terminal. It knows nothing of
// drivers and handles.
type modem struct {
	wire    *os.File
	name    string // of the terminal that it is plugged in as
	decoder decoder
	unread  []byte
}

// patience bounds every wait of a modem for its computer.
const patience = 10 * time.Second

// plugIn makes a modem and plugs it in.
func plugIn() (*modem, error) {
	wire, tty, err := pty.Open()
	if err != nil {
		return nil, fmt.Errorf("plugging in a modem: %w", err)
	}
	name := tty.Name()
	// Until somebody attaches to it, what is sent waits in the terminal.
	if err := tty.Close(); err != nil {
		wire.Close()
		return nil, fmt.Errorf("plugging in a modem: %w", err)
	}
	return &modem{wire: wire, name: name}, nil
}

// pull unplugs the modem, whatever the other side is doing. The terminal hangs up.
func (m *modem) pull() error { return m.wire.Close() }

// transmit sends bytes as they are.
func (m *modem) transmit(coded []byte) error {
	_, err := m.wire.Write(coded)
	return err
}

// call sends a frame and waits for the answer to it.
func (m *modem) call(frame []byte) (answer []byte, err error) {
	if err := m.transmit(encode(frame)); err != nil {
		return nil, err
	}
	return m.listen()
}

// listen waits for a frame.
func (m *modem) listen() ([]byte, error) {
	if err := m.wire.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	for {
		frame, rest, err := m.decoder.decode(m.unread)
		m.unread = rest
		if frame != nil || err != nil {
			return frame, err
		}
		buffer := make([]byte, 256)
		n, err := m.wire.Read(buffer)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		m.unread = buffer[:n]
	}
}
