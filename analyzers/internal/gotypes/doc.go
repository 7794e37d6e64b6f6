// Package gotypes answers the questions about Go types that several packages of
// the analyzers ask.
package gotypes
