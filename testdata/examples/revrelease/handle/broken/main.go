// An access that is released twice
//
// The release in the middle was overlooked when the defer was put in.
package play

import "github.com/revlint/revlint/revocable"

type Sensor struct{ degrees int }

func Reset(sensor revocable.Handle[Sensor]) error {
	s, access := sensor.TryAccess()
	if s == nil {
		return revocable.ErrRevoked
	}
	defer access.Release() // want revrelease
	s.degrees = 0
	access.Release()
	return nil
}
