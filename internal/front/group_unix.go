//go:build unix

package front

import (
	"os/exec"
	"syscall"
)

// endAlone makes the command, when its context ends, end with all the processes
// that it has started: the go command would wait for its units.
func endAlone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}
