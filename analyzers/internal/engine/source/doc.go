// Package source knows what things are called, and where they stand, in the
// source of the package under analysis.
package source
