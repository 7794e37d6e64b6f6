// Package registry gives names to what comes and goes: to devices, plug-ins and tenants, by which others find them that
// know nothing of where they come from.
//
// It is the "resource management" that LPC 2023's talk of that name asks for ("Improving resource ownership and life-time in
// linux device drivers"): providers register, consumers look up and get weak handles, and there are three ways to learn
// that the provider goes:
//
//   - A: the consumer is unbound before. It calls [Link] in its probe, or has [Run] do so, which also binds it
//     again when all it needs is back.
//   - B: the consumer is told. It ranges over [Watch], or follows a name by a [Ref].
//   - C: the consumer's next access fails, with [revocable.ErrRevoked]: the handle of [Lookup] and [Wait].
//
// These compose over layers. An EEPROM on an I²C bus on a USB stick is published by a driver that links to the bus, whose
// driver links to the stick. When the stick is pulled, all that stands on it is unbound, from the top, while what it
// stands on is still there; and no driver but the stick's has a word about sticks.
//
// The publisher calls [Entry.Withdraw] and knows, when it returns, that nobody uses the resource. If the provider is revoked
// without that, the registry finds out: look-ups fail at once, watchers are told, and who is linked is unbound afterwards.
//
// No function is called, and no consumer unbound, under a lock of the registry.
package registry
