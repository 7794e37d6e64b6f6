// Package revnil defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revnil
//
// revnil: check that a resource that may have gone is tested before it is used
package revnil
