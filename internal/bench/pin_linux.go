package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// pin ties the calling thread to one processor.
func pin(processor int) bool {
	var set unix.CPUSet
	set.Set(processor)
	return unix.SchedSetaffinity(0, &set) == nil
}

// threadTime returns how long the calling thread has run.
func threadTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
