package sessions

import (
	"context"

	"github.com/revlint/revlint/testdata/src/lib/dev"
)

func write(s *dev.Session) error {
	s.Write(0, 1)
	return nil
}

func inBackground(d *dev.Device) error {
	return d.Do(func(s *dev.Session) error {
		errs := make(chan error, 1)
		go func() { errs <- write(s) }()
		return <-errs
	})
}

func inBackgroundClosed(d *dev.Device) error {
	return d.Do(func(s *dev.Session) error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.Write(0, 1)
		}()
		<-done
		return nil
	})
}

// Where the wait is given up, the goroutine goes on.
func inBackgroundUntil(ctx context.Context, d *dev.Device) error {
	return d.Do(func(s *dev.Session) error {
		errs := make(chan error, 1)
		go func() { errs <- write(s) }() // want revbound
		select {
		case err := <-errs:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

// Its goroutine ends with ctx, which the loop waits for; whether that is before
// it is not known.
func inBackgroundWhile(ctx context.Context, d *dev.Device) error {
	return d.Do(func(s *dev.Session) error {
		go func() {
			for ctx.Err() == nil {
				s.Write(0, 1)
			}
		}()
		<-ctx.Done()
		return nil
	})
}
