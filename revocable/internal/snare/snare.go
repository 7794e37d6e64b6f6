// Package snare lets package revocabletest into package revocable.
package snare

// RevokeAt has a *revocable.Provider revoked by its n-th access from now on, which fails. It returns a
// function that reports whether that has happened. Package revocable sets it.
var RevokeAt func(provider any, n int64) (sprung func() bool)
