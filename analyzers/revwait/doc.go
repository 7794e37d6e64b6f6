// Package revwait defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revwait
//
// revwait: check that nobody waits for an access that they hold themselves
package revwait
