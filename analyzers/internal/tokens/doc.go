// Package tokens looks at proof tokens, in the syntax alone: tokens that are
// forged, callbacks that use a captured token instead of their own, and accesses
// that a token at hand would make cheaper (hints), with their fixes.
package tokens
