// Package history has bugs that people found in well-known programs and fixed: what mattered,
// written anew and small. The function whose name ends with Before has the bug, and the one that
// ends with After the fix. revlint must find the first, with what is on by default, and
// be silent about the second.
package history
