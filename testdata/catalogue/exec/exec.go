// Package exec has the examples for the standard library's os/exec.
package exec

import (
	"bufio"
	"io"
	"os/exec"
)

// S35: where the output cannot be read, nobody waits for the command.
func first(cmd *exec.Cmd) (string, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil { // want revleak
		return "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", err
	}
	return line, cmd.Wait()
}

// S35: waited for in any case.
func all(cmd *exec.Cmd) ([]byte, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(out)
	if err := cmd.Wait(); err != nil {
		return nil, err
	}
	return text, err
}

// S35: a goroutine waits for it.
func background(cmd *exec.Cmd, ended func(error)) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { ended(cmd.Wait()) }()
	return nil
}

// S36: Wait closes what is read afterwards.
func late(cmd *exec.Cmd) ([]byte, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := cmd.Wait(); err != nil {
		return nil, err
	}
	return io.ReadAll(out) // want revuse
}

// S36: Wait may come before the goroutine has read all.
func racing(cmd *exec.Cmd, to io.Writer) error {
	out, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go io.Copy(to, out) // want revescape
	return cmd.Wait()
}

// S36: all was read before Wait.
func copied(cmd *exec.Cmd, to io.Writer) error {
	out, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(to, out)
	}()
	<-done
	return cmd.Wait()
}
