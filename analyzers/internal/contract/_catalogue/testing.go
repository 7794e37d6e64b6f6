//revlint:package testing
package testing

//revlint:noreturn
func (c *common) Fatal(args ...any)

//revlint:noreturn
func (c *common) Fatalf(format string, args ...any)

//revlint:noreturn
func (c *common) FailNow()

//revlint:noreturn
func (c *common) Skip(args ...any)

//revlint:noreturn
func (c *common) Skipf(format string, args ...any)

//revlint:noreturn
func (c *common) SkipNow()

type TB interface {
	//revlint:noreturn
	Fatal(args ...any)
	//revlint:noreturn
	Fatalf(format string, args ...any)
	//revlint:noreturn
	FailNow()
	//revlint:noreturn
	Skip(args ...any)
	//revlint:noreturn
	Skipf(format string, args ...any)
	//revlint:noreturn
	SkipNow()
}

// A subtest ends before Run returns, unless it is run in parallel.
//
//revlint:scoped f
func (t *T) Run(name string, f func(t *T)) bool

//revlint:scoped f
func (b *B) Run(name string, f func(b *B)) bool

//revlint:scoped body
func (b *B) RunParallel(body func(*PB))
