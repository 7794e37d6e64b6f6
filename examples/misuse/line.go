// Package misuse is the consumer of examples/hotplug in miniature, as it looks when it is
// written in a hurry: each of the other files holds one mistake, is named for the analyzer
// that finds it, and says what went wrong. The line of the finding ends in "want" and the
// analyzer's name. All of it compiles, and go vet's own checks see nothing.
//
//	go run ./cmd/revlint ./examples/misuse
package misuse

import (
	"os"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/device"
)

// A Port is a serial port: the resource that may be unplugged.
type Port struct {
	tty    *os.File
	buffer [256]byte
	errors int
}

// A Line is the consumer of a port.
type Line struct {
	port revocable.Handle[Port]
}

// A Driver is the owner of a port.
type Driver struct {
	device   *device.Device
	provider *revocable.Provider[Port]
}

// Attach makes a driver of a port that is open.
func Attach(tty *os.File) *Driver {
	return &Driver{
		device:   device.New(tty.Name()),
		provider: revocable.NewProvider(&Port{tty: tty}, revocable.WithCleanup((*Port).close)),
	}
}

// Line returns a line on the driver's port.
func (d *Driver) Line() *Line {
	return &Line{port: d.provider.Handle()}
}

func (p *Port) close() {
	p.tty.Close()
}
