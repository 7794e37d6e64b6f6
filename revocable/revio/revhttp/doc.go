// Package revhttp makes HTTP handlers and round-trippers that fail cleanly once they are taken away: a plug-in's
// pages, a tenant's API, a client of something that is unplugged. It is to them what package revio is to connections, and
// has its options and its owner.
package revhttp

//go:generate go run ../internal/combine
