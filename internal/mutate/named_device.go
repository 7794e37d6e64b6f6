package main

// namedDevice are mutants of package device.
var namedDevice = []named{
	{
		[]string{"devm_ variant"},
		"what is registered first is undone first", "revocable/device/list.go",
		[][2]string{{"\te := l.last\n\tif e == nil", "\te := l.oldest\n\tif e == nil"}},
		"TestUnbindUndoesLastFirst",
	},
	{
		[]string{"`access(&Device<Bound>)`: a comparison; EINVAL for another device"},
		"a token of any device gives access", "revocable/device/devres.go",
		[][2]string{{"if r != nil && b != nil && r.binding == b.binding && b.self == b {", "if r != nil && b != nil && b.binding != nil && b.self == b {"}},
		"TestAccess",
	},
	{
		[]string{"freed at the end of its scope or at unbind, whichever is first"},
		"Release of a Devres leaves that to the unbind", "revocable/device/devres.go",
		[][2]string{{"\tif r.binding.take(&r.entry) {\n\t\tr.undo()\n\t} else {", "\tif true {\n\t} else {"}},
		"TestReleaseTakesAResourceAwayNow",
	},
	{
		[]string{"contexts Core ⇒ Bound; interrupts, work items and timers are given Bound"},
		"a callback is lent the token of who started it", "revocable/device/bound.go",
		[][2]string{{"bd.callback(h, func(c *Bound) { fn(bd.ctx, c) })", "bd.callback(h, func(*Bound) { fn(bd.ctx, b) })"}},
		"TestEachCallbackHasItsOwnToken",
	},
	{
		[]string{"unbind callback with `&Device<Core>`, before anything is released"},
		"the list is undone before the device is quiet", "revocable/device/binding.go",
		[][2]string{{"\tdefer b.undoRest() // also when a function of OnQuiesce panics\n\tb.quieten()\n", "\tdefer b.quieten()\n\tb.undoRest()\n"}},
		"TestQuiesceRunsBetweenCallbacksAndUndoing",
	},
	{
		[]string{"driver data bound to the binding (7.2)"},
		"data of another type are given, as nil", "revocable/device/data.go",
		[][2]string{{"\tdata, ok := own.value.(*D)\n\tif !ok {\n\t\treturn nil, ErrWrongDevice\n\t}\n", "\tdata, _ = own.value.(*D)\n"}},
		"TestDataIsHandedToWhoHasAToken",
	},
	{
		[]string{"children are unbound as part of unbinding the parent"},
		"a parent does not know its children", "revocable/device/child.go",
		[][2]string{{"\tb.add(&c.place, c)\n", ""}},
		"TestChildrenAreUndoneInTheirPlace",
	},
	{
		[]string{"callbacks cannot run after remove"},
		"callbacks of Go are not counted", "revocable/device/bound.go",
		[][2]string{{"\tbd.count(\"Bound.Go\")\n\tgo func() {\n\t\tdefer bd.callbacks.Done()\n", "\tgo func() {\n"}},
		"TestGoIsCancelledAndJoined",
	},
	{
		[]string{"copes with work that queues itself"},
		"work may be queued while the device is unbound", "revocable/device/work.go",
		[][2]string{{"if w.pending || w.waiters > 0 || b.ending {", "if w.pending || w.waiters > 0 {"}, {"\tif w.pending && !b.ending {\n\t\tw.start()", "\tif w.pending {\n\t\tw.start()"}, {"wanted := w.pending && !b.ending", "wanted := w.pending"}},
		"TestUnbindStopsWorkThatQueuesItself",
	},
	{
		[]string{"a nil function ended the undoing of a binding"},
		"a nil function is registered", "revocable/device/bound.go",
		[][2]string{{"\tif !fn {\n\t\tpanic(\"device: \" + use", "\tif false {\n\t\tpanic(\"device: \" + use"}},
		"TestNilFunctionsPanicAtTheCall",
	},
	{
		[]string{"a copied token was never retired; after the unbind its Access gave nil and no error"},
		"a copy of a token is one", "revocable/device/bound.go",
		[][2]string{{"\tif b == nil || b.self != b || b.binding == nil {\n", "\tif b == nil || b.binding == nil {\n"}},
		"TestCopiesOfATokenAreNotValid",
	},
	{
		[]string{"nil and zero values panicked, or not"},
		"Unbind of a nil device panics", "revocable/device/device.go",
		[][2]string{{"func (d *Device) Unbind(ctx context.Context) error {\n\tif d == nil {\n\t\treturn nil\n\t}\n", "func (d *Device) Unbind(ctx context.Context) error {\n"}},
		"TestNilAndZeroAreWhatWasUnboundLongAgo",
	},
	{
		[]string{"ErrUnbound was neither ErrRevoked nor fs.ErrClosed"},
		"ErrUnbound is no ErrRevoked", "revocable/device/device.go",
		[][2]string{{"return target == revocable.ErrRevoked || target == fs.ErrClosed", "return target == fs.ErrClosed"}},
		"TestErrUnboundIsWhatWasRevoked",
	},
	{
		[]string{"a later Unbind chose at random between done and its context"},
		"a later Unbind does not look again", "revocable/device/binding.go",
		[][2]string{{"\tcase <-ctx.Done():\n\t}\n\tselect {\n\tcase <-b.done: // both", "\tcase <-ctx.Done():\n\t\treturn context.Cause(ctx)\n\t}\n\tselect {\n\tcase <-b.done: // both"}},
		"TestLaterUnbindLooksAgain",
	},
	{
		[]string{"a token was retired when its callback returned, but not when it panicked or ended its goroutine"},
		"a token of a scope is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"\"a scope of WithBound\"), false)\n\tdefer token.retire()\n\treturn fn(token)", "\"a scope of WithBound\"), false)\n\terr := fn(token)\n\ttoken.retire()\n\treturn err"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		nil,
		"a token of a callback is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"token := b.issue(h, false)\n\tdefer token.retire()\n\tfn(token)", "token := b.issue(h, false)\n\tfn(token)\n\ttoken.retire()"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		nil,
		"a token of a probe is retired only when that returns", "revocable/device/bound.go",
		[][2]string{{"\"the probe\"), true)\n\tdefer token.retire()\n\treturn fn(&Core{bound: token})", "\"the probe\"), true)\n\terr := fn(&Core{bound: token})\n\ttoken.retire()\n\treturn err"}},
		"TestTokenIsRetiredHoweverItsCallbackEnds",
	},
	{
		[]string{"a timer kept its function in memory until its time had come"},
		"a timer is not stopped by the unbind", "revocable/device/binding.go",
		[][2]string{{"		t.timer.Stop() // or it", "		_ = t // or it"}},
		"TestUnbindLetsGoOfTimers",
	},
}
