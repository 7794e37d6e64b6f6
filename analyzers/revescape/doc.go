// Package revescape defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revescape
//
// revescape: check that no resource outlives its access
package revescape
