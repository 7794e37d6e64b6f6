//revlint:package os/signal
package signal

import (
	"context"
	"os"
)

// S42, by NotifyContext: stop should be called as soon as the work is done.
//
//revlint:acquire ctx guard stop loose
//revlint:borrow ctx from parent loose
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc)
