// Package results holds accesses whose function gives something back, takes long, or belongs to the owner.
package results

import (
	"context"
	"slices"

	"github.com/revlint/revlint/revocable"
)

type sensor struct {
	name    string
	samples []int
}

type owner struct {
	provider *revocable.Provider[sensor]
	raw      *sensor
}

func name(h revocable.Handle[sensor]) (string, error) {
	return revocable.Do(h, func(s *sensor) (string, error) { return s.name, nil })
}

func samples(h revocable.Handle[sensor]) ([]int, error) {
	return revocable.Do(h, func(s *sensor) ([]int, error) { return slices.Clone(s.samples), nil })
}

func samplesNotCopied(h revocable.Handle[sensor]) ([]int, error) {
	return revocable.Do(h, func(s *sensor) ([]int, error) {
		return s.samples, nil // want revescape
	})
}

func sensorItself(h revocable.Handle[sensor]) (*sensor, error) {
	return revocable.Do(h, func(s *sensor) (*sensor, error) {
		return s, nil // want revescape
	})
}

func (o *owner) keeps(h revocable.Handle[sensor]) (int, error) {
	return revocable.Do(h, func(s *sensor) (int, error) {
		o.raw = s // want revescape
		return len(s.samples), nil
	})
}

func (o *owner) revokesInDo() (bool, error) {
	return revocable.Do(o.provider.Handle(), func(*sensor) (bool, error) {
		return o.provider.Revoke(), nil // want revwait
	})
}

func awaits(ctx context.Context, h revocable.Handle[sensor]) error {
	return h.WithContext(ctx, func(ctx context.Context, s *sensor) error {
		<-ctx.Done()
		s.samples = nil
		return context.Cause(ctx)
	})
}

func (o *owner) keepsInWithContext(ctx context.Context, h revocable.Handle[sensor]) error {
	return h.WithContext(ctx, func(_ context.Context, s *sensor) error {
		o.raw = s // want revescape
		return nil
	})
}

func runsAhead(ctx context.Context, h revocable.Handle[sensor]) error {
	return h.WithContext(ctx, func(ctx context.Context, s *sensor) error {
		go func() { // want revescape
			<-ctx.Done()
			s.samples = nil
		}()
		return nil
	})
}

func (o *owner) revokesInWithContext(ctx context.Context) error {
	return o.provider.Handle().WithContext(ctx, func(ctx context.Context, _ *sensor) error {
		return o.provider.RevokeContext(ctx) // want revwait
	})
}

// The interrupt is given the resource for as long as it runs; the clean-up is given it for good.
func (o *owner) make() {
	o.provider = revocable.NewProvider(new(sensor),
		revocable.WithInterrupt(func(s *sensor) { s.samples = nil }),
		revocable.WithInterrupt(func(s *sensor) {
			o.raw = s // want revescape
		}),
		revocable.WithCleanupError(func(s *sensor) error {
			o.raw = s
			return nil
		}))
}

// An interrupt and a clean-up wait for themselves. They are registered when there is no provider yet, of which they could be said to be.
func (o *owner) waitsInItsInterrupt() {
	o.provider = revocable.NewProvider(new(sensor),
		revocable.WithInterrupt(func(*sensor) {
			o.provider.Revoke() // missed: revwait
		}))
}

func (o *owner) doesNotWait() {
	o.provider = revocable.NewProvider(new(sensor),
		revocable.WithInterrupt(func(*sensor) { o.provider.RevokeNoWait() }))
}
