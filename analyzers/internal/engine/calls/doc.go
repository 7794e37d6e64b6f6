// Package calls executes what a function calls, in this order of preference: by
// the contract of the callee, by its body where that is a closure of the function
// itself, by its summary, and else as code of which nothing is known. It also
// makes the summary of the function under analysis, for the calls of it.
package calls
