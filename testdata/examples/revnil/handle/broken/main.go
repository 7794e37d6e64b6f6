// A sensor that may be unplugged
//
// TryAccess gives nil once the sensor is gone.
package play

import "github.com/revlint/revlint/revocable"

type Sensor struct{ degrees int }

func Temperature(sensor revocable.Handle[Sensor]) (int, error) {
	s, access := sensor.TryAccess()
	defer access.Release()
	return s.degrees, nil // want revnil
}
