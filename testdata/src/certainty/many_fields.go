package certainty

import "github.com/revlint/revlint/testdata/src/lib/sensor"

// Who reads many fields looks at one struct, so that callers are still told of what comes after that.

type calibration struct {
	a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11 int
	b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11 int
	c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 int
	d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11 int
	e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11 int
}

func (c *calibration) applyTo(s *sensor.Sensor) float64 {
	sum := c.a0 + c.a1 + c.a2 + c.a3 + c.a4 + c.a5 + c.a6 + c.a7 + c.a8 + c.a9 + c.a10 + c.a11
	sum += c.b0 + c.b1 + c.b2 + c.b3 + c.b4 + c.b5 + c.b6 + c.b7 + c.b8 + c.b9 + c.b10 + c.b11
	sum += c.c0 + c.c1 + c.c2 + c.c3 + c.c4 + c.c5 + c.c6 + c.c7 + c.c8 + c.c9 + c.c10 + c.c11
	sum += c.d0 + c.d1 + c.d2 + c.d3 + c.d4 + c.d5 + c.d6 + c.d7 + c.d8 + c.d9 + c.d10 + c.d11
	sum += c.e0 + c.e1 + c.e2 + c.e3 + c.e4 + c.e5 + c.e6 + c.e7 + c.e8 + c.e9 + c.e10 + c.e11
	return float64(sum) + s.Read()
}

func badAfterManyFields(h sensor.Handle, c *calibration) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	g.Release()
	return c.applyTo(s) // want revuse
}

func okManyFields(h sensor.Handle, c *calibration) float64 {
	s, g := h.TryAccess()
	if s == nil {
		return 0
	}
	defer g.Release()
	return c.applyTo(s)
}
