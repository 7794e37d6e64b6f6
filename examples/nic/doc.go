//go:build unix

// Nic is a network driver, with its card, to be read as an example of package device.
//
// The card is simulated, but its memory is real: a file, which the card maps on its side
// and the driver on the other, so that what one stores the other loads, and so that a
// driver that touches a register after the unbind does not read stale values but dies of
// a segmentation fault. The card sends every frame it is given back to the driver.
//
// What there is to see, each with the way to the registers that suits it:
//
//   - probe (driver.go): resources and callbacks, undone last first, and what brings the card
//     to rest before that;
//   - the interrupt thread, a work item and a timer (driver.go): callbacks that an unbind
//     waits for; they have a token, so access costs a comparison;
//   - ioctl (files.go): called from a file that may stay open for longer than the card is
//     there, so it asks for access each time, by TryAccess;
//   - send (files.go): the same, but it needs several resources, so it enters a scope
//     once, by WithBound, and has a token then;
//   - receive (files.go): sleeps without an access, and is woken by the removal.
//
// The program puts a card under load, pulls it out, and plugs another one in:
//
//	go run ./examples/nic -load 1s
package main
