// Package revhttp makes HTTP handlers and round-trippers that fail cleanly once they are taken away: a plug-in's
// pages, a tenant's API, a client of something that is unplugged. It does for them what package revio does for
// connections, and has the same options and owner.
package revhttp

//go:generate go run ../internal/combine
