// An access that is released twice
//
// Once.
package play

import "github.com/revlint/revlint/revocable"

type Sensor struct{ degrees int }

func Reset(sensor revocable.Handle[Sensor]) error {
	s, access := sensor.TryAccess()
	if s == nil {
		return revocable.ErrRevoked
	}
	defer access.Release()
	s.degrees = 0
	return nil
}
