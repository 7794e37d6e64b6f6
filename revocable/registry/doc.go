// Package registry gives names to what comes and goes: devices, plug-ins, tenants. Others find them by these
// names, and know nothing of where they come from.
//
// It is the "resource management" that LPC 2023's talk of that name asks for ("Improving resource ownership and
// life-time in linux device drivers"): providers register, consumers look up and get weak handles, and there are
// three ways to learn that the provider goes:
//
//   - A: the consumer is unbound before. It calls [Link] in its probe. Or it leaves that to [Run], which also binds
//     it again when all it needs is back.
//   - B: the consumer is told. It ranges over [Watch], or follows a name by a [Ref].
//   - C: the consumer's next access fails, with [revocable.ErrRevoked]: the handle of [Lookup] and [Wait].
//
// These compose over layers. An EEPROM on an I²C bus on a USB stick is published by a driver that links to the
// bus, whose driver links to the stick. When the stick is pulled, everything that stands on it is unbound, from
// the top, while what it stands on is still there. No driver except the stick's knows of sticks.
//
// The publisher calls [Entry.Withdraw] and knows, when it returns, that nobody uses the resource. If the provider
// is revoked without that, the registry finds out: look-ups fail at once, watchers are told, and linked devices
// are unbound afterwards.
//
// The registry calls no function, and unbinds no consumer, under a lock of its own.
package registry
