package everyday

import "context"

// Who waits for goroutines that were never started waits for ever.

func okRaced(ctx context.Context, sleepers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, len(sleepers))
	sleep := func(s func(context.Context) error) {
		done <- s(ctx)
		cancel()
	}
	for _, s := range sleepers {
		go sleep(s)
	}
	return <-done
}

func badRacedWithDefault(ctx context.Context, sleepers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	done := make(chan error, len(sleepers))
	sleep := func(s func(context.Context) error) {
		done <- s(ctx)
		cancel()
	}
	for _, s := range sleepers {
		go sleep(s)
	}
	select {
	case err := <-done:
		return err
	default:
		return nil
	}
}

func badFirstIsThere(ctx context.Context, sleepers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	done := make(chan error, len(sleepers)+1)
	done <- nil
	sleep := func(s func(context.Context) error) {
		done <- s(ctx)
		cancel()
	}
	for _, s := range sleepers {
		go sleep(s)
	}
	return <-done
}

func badClosed(ctx context.Context, sleepers []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	done := make(chan error, len(sleepers))
	sleep := func(s func(context.Context) error) {
		done <- s(ctx)
		cancel()
	}
	if len(sleepers) == 0 {
		close(done)
	}
	for _, s := range sleepers {
		go sleep(s)
	}
	return <-done
}

func badCalledToo(ctx context.Context, sleepers []func(context.Context) error, all func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want revleak
	done := make(chan error, len(sleepers)+1)
	sleep := func(s func(context.Context) error) { done <- s(ctx) }
	sleep(all)
	for _, s := range sleepers {
		go sleep(s)
	}
	err := <-done
	if err != nil {
		return err
	}
	cancel()
	return nil
}
