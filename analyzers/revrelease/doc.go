// Package revrelease defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revrelease
//
// revrelease: check that every release has an access to release, and only once
package revrelease
