// Package revocable gives out access to a resource that may be taken away at any time.
package revocable
