//revlint:package os/signal
package signal

import (
	"context"
	"os"
)

// S42, by NotifyContext: stop should be called as soon as the work is done.
//
//revlint:acquire _ guard stop
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc)
