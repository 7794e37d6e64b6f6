package registry_test

import (
	"context"
	"os"
	"os/exec"
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revlint/revlint/revocable/device"
	"github.com/revlint/revlint/revocable/registry"
)

// TestDebugWithdrawInACallbackOfAConsumer runs itself in debug mode: the wait for oneself is reported as soon as it
// begins, also over two links.
func TestDebugWithdrawInACallbackOfAConsumer(t *testing.T) {
	if os.Getenv("REGISTRY_SELF") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "REGISTRY_SELF=1", "REVOCABLEDEBUG=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for _, name := range []string{"middle", "top"} {
			if !regexp.MustCompile(`Unbind of ` + name + ` waits for itself: it is called within a scope of WithBound`).Match(out) {
				t.Errorf("no report for %s:\n%s", name, out)
			}
		}
		return
	}
	for _, from := range []string{"middle", "top"} {
		// In a bubble time passes when all are asleep, so after the report.
		synctest.Test(t, func(t *testing.T) {
			var r registry.Registry
			rec := new(record)
			e, _ := publish(t, &r, "chip", rec)
			middle, me := layer(t, &r, "middle", rec, e)
			d := bind(t, "top", rec, me)
			if from == "middle" {
				d = middle
			}
			_ = d.WithBound(func(*device.Bound) error {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if err := e.Withdraw(ctx); err != context.DeadlineExceeded {
					t.Errorf("Withdraw: %v", err)
				}
				return nil
			})
		})
	}
}
