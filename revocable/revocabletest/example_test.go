package revocabletest_test

import (
	"testing"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revocabletest"
)

// total reads a sensor twice: what does it do if that is unplugged in between?
func total(h revocable.Handle[sensor]) (sum int, err error) {
	for range 2 {
		if err := h.With(func(s *sensor) error { sum += s.reads; return nil }); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

// Each access of a function in turn finds the sensor gone.
func ExampleRevokeAt() {
	_ = func(t *testing.T) { // a test
		for n := 1; ; n++ {
			p := revocable.NewProvider(&sensor{reads: 3})
			revoked := revocabletest.RevokeAt(t, p, n)
			sum, err := total(p.Handle())
			if !revoked() {
				break // total makes no more than n-1 accesses
			}
			if sum != 0 || err != revocable.ErrRevoked {
				t.Errorf("unplugged at access %d: %d, %v", n, sum, err)
			}
		}
	}
}
