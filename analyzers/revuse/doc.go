// Package revuse defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revuse
//
// revuse: check that no resource is used after its access has ended
package revuse
