//go:build !linux

package main

import "time"

var programStart = time.Now()

// pin does nothing: here workers are not pinned, and disturbed samples are not told from clean ones.
func pin(int) bool { return true }

func threadTime() time.Duration { return time.Since(programStart) }
