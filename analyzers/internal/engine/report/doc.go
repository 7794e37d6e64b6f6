// Package report is what becomes of the engine's verdicts: counts and the words
// in which people read them.
package report
