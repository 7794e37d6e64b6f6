//go:build unix

// Command sensors is an HTTP service over sensors that are plugged in and out while it runs. They are pseudo-terminals
// here, with somebody at the other end who writes a temperature now and then, as a sensor on a serial line does.
//
//	go run ./examples/sensors
//	curl localhost:8080/                  what is there
//	curl localhost:8080/sensors/attic     a reading
//	curl -N localhost:8080/events         what comes and goes, as server-sent events
//
// A driver binds a device for each terminal, publishes a sensor, and ends when the cable is pulled. The service knows of
// neither cables nor terminals: it looks sensors up by name, and an access to one that is gone fails. What must not be done is
// in testdata/mistake, with what revlint says to it.
package main
