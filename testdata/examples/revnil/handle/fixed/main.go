// A sensor that may be unplugged
//
// The caller is told that it is gone.
package play

import "github.com/revlint/revlint/revocable"

type Sensor struct{ degrees int }

func Temperature(sensor revocable.Handle[Sensor]) (int, error) {
	s, access := sensor.TryAccess()
	if s == nil {
		return 0, revocable.ErrRevoked
	}
	defer access.Release()
	return s.degrees, nil
}
