//go:build unix

// Hotplug is a computer with a serial port that is unplugged when it likes, to be read as
// an example of package revocable.
//
// The port is a real one, a pseudo-terminal; so is the hang-up, by the kernel. What there
// is to see:
//
//   - the driver (port.go): it owns the port, watches it for the hang-up, and then takes
//     it away: no new access, wake those who sleep, wait for them, close it;
//   - the line discipline (line.go): the consumer. It sends and receives SLIP frames
//     (slip.go), sleeps in the port within an access, says clearly what was lost when the
//     port goes in mid-frame, and carries on with the port that is plugged in next;
//   - the modem (modem.go): the hardware on the other end.
//
// The program plugs in two modems, one after the other, and unplugs each in mid-frame:
//
//	go run ./examples/hotplug
package main
