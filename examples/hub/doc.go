// Hub is a USB controller with a hub on it, and on that a disk and a serial line, to be read as an example of
// devices with children.
//
// Each of the four has a driver of its own, and each may be taken away while everything above it is at work: the disk
// alone, the hub with both, the controller with all. The hardware is simulated, and it is unforgiving: a transfer
// through a port without power, or on a bus that was shut down, panics, and under -race is a data race.
//
// What there is to see:
//
//   - drivers.go: each driver binds children and knows nothing of what they do. A child reaches what its
//     parents have with a token of theirs, as long as its own is good, and without asking whether it is still there;
//   - the order of an unbind: callbacks of children first, then those of their parents, then what brings each to
//     rest, and only then is anything taken away, the latest first;
//   - files.go: users, from files that no unbind closes, are told ENODEV, and find the device again when it is plugged in;
//   - the hub's port work (drivers.go): a driver that unbinds and binds its own children, also while it is itself
//     being unbound.
//
// The program takes away each level under load, and plugs it in again:
//
//	go run ./examples/hub -load 1s
package main
