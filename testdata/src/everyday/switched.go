package everyday

import (
	"context"
	"os"
)

var mode int

func setMode(m int) { mode = m }

func badOneCaseGoesOn() {
	setMode(len(os.Args))
	_, cancel := context.WithCancel(context.Background()) // want revleak
	switch mode {
	case 0:
		panic("no mode")
	case 1:
		cancel()
	case 2:
		print("on")
	default:
		os.Exit(1)
	}
}

// Nobody sets it, so the first case is the only one.
var fixed int

func okNoCaseGoesOn() {
	_, cancel := context.WithCancel(context.Background())
	switch fixed {
	case 0:
		panic("no mode")
	case 1:
		cancel()
	case 2:
		print("on")
	}
}
