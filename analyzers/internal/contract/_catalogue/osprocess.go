//revlint:package os
package os

// S37, by Process.Release: it needs to be called if Wait is not.
//
//revlint:acquire _ guard p if err == nil
func StartProcess(name string, argv []string, attr *ProcAttr) (p *Process, err error)

//revlint:release p idempotent
func (p *Process) Wait() (*ProcessState, error)

//revlint:release p idempotent
func (p *Process) Release() error
