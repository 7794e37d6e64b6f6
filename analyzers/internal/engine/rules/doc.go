// Package rules is what loans make of a program: what begins and ends them, what
// must not be done while they run or afterwards, and what is left undone.
//
// Each file is one rule or the part of one: issue (a loan begins), release and
// reference (it is given back), end and event (it is over, and what was taken
// from it with it), look (a value is used), escape, handover and token (a value
// is put where it outlives its loan), lend (the inverse borrow), wait (who waits
// for a loan that is held here). The violations that they find go to the sink of
// package report.
package rules
