// Package revleak defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revleak
//
// revleak: check that every access is released on every path
package revleak
