// Package concrete executes random programs on concrete values, beside the engine that
// executes them on abstract ones, and compares the two before each instruction: the
// oracle of the domain. Only its test uses it. README.md says what is compared, and what
// has been found.
package concrete
