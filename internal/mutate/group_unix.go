//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// grouped gives cmd a process group, and returns what ends all that is left of it: tests start programs, themselves
// too, which a mutant may keep from ending.
func grouped(cmd *exec.Cmd) (end func()) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return func() {
		if cmd.Process != nil {
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // fails when nothing is left
		}
	}
}
