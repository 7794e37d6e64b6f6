package everyday

import (
	"errors"
	"net/http"
	"os/exec"
	"syscall"
	"time"
)

// A predicate of one's own over an error: where it holds, there is an error.

func isNoExec(err error) bool { return errors.Is(err, syscall.ENOEXEC) }

func isBusy(err error) bool { return errors.Is(err, syscall.ETXTBSY) }

func asScript() error { return nil }

func okStartedOrScript() error {
	cmd := exec.Command("x")
	err := cmd.Start()
	if isNoExec(err) {
		return asScript()
	}
	if err == nil {
		err = cmd.Wait()
	}
	return err
}

func okStartedAgain() error {
	cmd := exec.Command("x")
	err := cmd.Start()
	for delay := time.Millisecond; isBusy(err) && delay < time.Second; delay *= 2 {
		time.Sleep(delay)
		cmd = exec.Command("x")
		err = cmd.Start()
	}
	if isNoExec(err) {
		return asScript()
	}
	if err == nil {
		err = cmd.Wait()
	}
	return err
}

func badStarted(wait bool) error {
	cmd := exec.Command("x")
	err := cmd.Start() // want revleak
	if isNoExec(err) {
		return asScript()
	}
	if err == nil && wait {
		err = cmd.Wait()
	}
	return err
}

// It failed, and is there all the same, as far as is asked.
func okThereAllTheSame(r *http.Request, resp *http.Response) {
	if resp == nil {
		var err error
		resp, err = http.DefaultTransport.RoundTrip(r)
		if err != nil {
			println(err)
		}
	}
	if resp != nil {
		body := resp.Body
		defer body.Close()
	}
}
