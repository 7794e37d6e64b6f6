// Package revbound defines an Analyzer that reports loans misused in one way.
//
// # Analyzer revbound
//
// revbound: check that proof tokens, and what they give access to, stay in their callback
package revbound
