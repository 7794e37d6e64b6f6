package main

// namedSystems are mutants of what stands on the two, and of the linter.
var namedSystems = []named{
	{
		[]string{"providers registered with a subsystem, looked up by consumers"},
		"what is leaving is found", "revocable/registry/registry.go",
		[][2]string{{"\tif e == nil || e.leaving.Load() || !e.handle.Alive() {\n\t\treturn nil", "\tif e == nil {\n\t\treturn nil"}},
		"TestLookup",
	},
	{
		[]string{"A: force the unbind of consumers", "look-up gives a weak handle; when the provider goes the consumer is unbound (A), told (B), or its next call fails (C)"},
		"a link is dropped", "revocable/registry/link.go",
		[][2]string{{"\t\te.consumers[l] = struct{}{}\n", ""}},
		"TestStick",
	},
	{
		[]string{"B: notify them"},
		"an event is lost when a watcher begins while something is published", "revocable/registry/watch.go",
		[][2]string{{"\tw.received()\n\tif", "\tw.received()\n\tr.mu.Unlock()\n\tr.mu.Lock()\n\tif"}},
		"TestWatchersLoseNothing",
	},
	{
		[]string{"C: their next call fails"},
		"what is withdrawn is not revoked", "revocable/registry/entry.go",
		[][2]string{{"\terr := e.revoker.RevokeContext(ctx)\n\tif err != nil && !e.cleaned()", "\terr := error(nil)\n\tif err != nil && !e.cleaned()"}},
		"TestRefOfWhatIsLeaving",
	},
	{
		[]string{"consumers are unbound before their supplier, in the order of the links; a cycle is refused", "those who are linked die with it, all at once and in no order"},
		"consumers are unbound in reverse order", "revocable/registry/link.go",
		[][2]string{{"\treturn all, last\n", "\treturn all, all[max(len(all)-1, 0):]\n"}},
		"TestConsumersWithoutConsumersFirst",
	},
	{
		[]string{"consumers are unbound before their supplier, in the order of the links; a cycle is refused"},
		"cycles are not looked for", "revocable/registry/link.go",
		[][2]string{{"if e.owner != nil && links.reaches(e.owner, consumer, make(map[bindings.Binding]bool)) {", "if e.owner != nil && links.reaches(e.owner, nil, make(map[bindings.Binding]bool)) {"}},
		"TestCyclesMadeConcurrently",
	},
	{
		[]string{"a probe that lacks something returns -EPROBE_DEFER and is tried again when any device has bound"},
		"Run does not link the device to its needs", "revocable/registry/run.go",
		[][2]string{{"\t\t\tif err := Link(c.Bound(), suppliers...); err != nil {\n\t\t\t\treturn err\n\t\t\t}\n", ""}},
		"TestRunBindsWhenAllIsThere",
	},
	{
		[]string{"a child's registration lives in its parent's Devres; the child is unbound first, and may borrow from the parent"},
		"what a child publishes is not its parent's", "revocable/registry/link.go",
		[][2]string{{"\tfor o := e.owner; o != nil; o = o.Parent() {\n\t\tg.entries[o] = append(g.entries[o], e)\n\t}\n", "\tif o := e.owner; o != nil {\n\t\tg.entries[o] = append(g.entries[o], e)\n\t}\n"}},
		"TestOrderThroughChildren",
	},
	{
		[]string{"exactly one message when the process ends, also if it ended before"},
		"Leaving is told after the revocation", "revocable/registry/entry.go",
		[][2]string{{"\te.left = e.registry.tell(Leaving, e)\n", ""}, {"\tr.tell(Gone, e)\n", "\te.left = r.tell(Leaving, e)\n\tr.tell(Gone, e)\n"}},
		"TestWithdrawInOrder",
	},
	{
		[]string{"a name is free when its process has ended"},
		"a name is kept when its provider is revoked behind the registry's back", "revocable/registry/entry.go",
		[][2]string{{"\tif e.leave(true) {\n", "\tif e.leave(false) {\n"}, {"\te.registry.mu.Lock()\n\te.goneLocked()\n\te.registry.mu.Unlock()\n", ""}},
		"TestRevokedBehindTheRegistrysBack",
	},
	{
		[]string{"matching and publish notifications by name and class, and interest in termination; termination asks clients first, then stops from the leaves"},
		"a Withdraw that is given up ends the withdrawal", "revocable/registry/entry.go",
		[][2]string{{"\t\tgo func() {\n\t\t\tdefer e.end()\n\t\t\te.err = e.revoker", "\t\tgo func() {\n\t\t\te.err = e.revoker"}},
		"TestWithdrawWithinATime",
	},
	{
		[]string{"operations that fail with ENODEV; several providers; release always runs", "several providers: an operation enters each"},
		"an operation does not enter what is behind", "revocable/revio/internal/op/core.go",
		[][2]string{{"if len(c.behind) > 0 && !c.enterBehind(&a) {", "if c == nil && !c.enterBehind(&a) {"}, {"\tif len(c.behind) == 0 {\n\t\th = c.handle", "\tif true {\n\t\th = c.handle"}},
		"revio.TestRevocationAtEveryOperation",
	},
	{
		[]string{"a fence; open files stay open, for close"},
		"the owner does not wait", "revocable/revio/owner.go",
		[][2]string{{"return (*op.Core)(o).Revoke() }", "return (*op.Core)(o).RevokeNoWait() }"}},
		"TestGPIOCdevUAF",
	},
	{
		[]string{"an open file's operations are replaced by ones that enter a revocable first, or several, and fail with -ENODEV"},
		"an operation of an optional interface does not enter", "revocable/revio/facets.go",
		[][2]string{{"\ta, ok := x.o.enter()\n\tif !ok {\n\t\treturn 0, x.o.refuse(\"seek\")\n\t}\n\tdefer a.Leave()\n", ""}},
		"TestRevocationAtEveryOperation",
	},
	{
		[]string{"registration is bound to its device in the type; operations have the file's data"},
		"an operation of a file does not enter", "revocable/revio/file.go",
		[][2]string{{"\ta, ok := f.enter()\n\tif !ok {\n\t\treturn nil, f.refuse(\"stat\")\n\t}\n\tdefer a.Leave()\n", ""}},
		"TestRevocationAtEveryOperation",
	},
	{
		[]string{"release runs", "fs_revocable skipped the release of a revoked driver, and withdrew handles it never got"},
		"Close enters", "revocable/revio/object.go",
		[][2]string{{"func (o *object) Close() error {\n", "func (o *object) Close() error {\n\tif !o.core.Alive() {\n\t\treturn o.refuse(\"close\")\n\t}\n"}},
		"TestCloseReachesTheObjectOnce",
	},
	{
		[]string{"-ENODEV"},
		"ErrorIs does nothing", "revocable/revio/owner.go",
		[][2]string{{"s.Is = append(s.Is, targets...)", "_ = append(s.Is, targets...)"}},
		"TestErrorIs",
	},
	{
		[]string{"a fence: when it returns no operation runs or begins; open files stay open"},
		"SetDeadline does not look a second time", "revocable/revio/deadline.go",
		[][2]string{{"\tif !o.core.Alive() {\n\t\to.wake()\n\t}\n", ""}},
		"TestDeadlineSetWhileRevoked",
	},
	{
		[]string{"a wait without limit"},
		"the owner waits without a limit", "revocable/revio/owner.go",
		[][2]string{{"return (*op.Core)(o).RevokeContext(ctx) }", "return (*op.Core)(o).RevokeContext(context.WithoutCancel(ctx)) }"}},
		"TestRevokeWithinATime",
	},
	{
		[]string{"gpiolib's files take an SRCU read lock, look whether the chip is there, and give -ENODEV; poll is woken with a hang-up"},
		"poll does not enter", "revocable/revio/facets.go",
		[][2]string{{"return x.o.do(\"raw read\", func() error { return x.to.Read(f) })", "return x.to.Read(f)"}},
		"TestGPIOCdevUAF",
	},
	{
		[]string{"sleepers are woken, later operations fail"},
		"the revocation closes the object", "revocable/revio/object.go",
		[][2]string{{"\tif !o.closed && !o.ended {\n\t\to.alarm()\n", "\tif !o.closed && !o.ended {\n\t\t_ = o.to.Close()\n"}},
		"TestCloseReachesTheObjectOnce",
	},
	{
		[]string{"drains one server"},
		"the owner does not wait for the handler", "revocable/revio/revhttp/handler.go",
		[][2]string{{"\t\treturn nil, false\n\t}\n\tdefer a.Leave()\n", "\t\treturn nil, false\n\t}\n\ta.Leave()\n"}},
		"TestRunningRequestIsCancelled",
	},
	{
		[]string{"no new query begins; it waits for those that run"},
		"a refused query is tried on no other connection", "revocable/revio/revsql/conn.go",
		[][2]string{{"Err: badConn{o.core.Cause()}}", "Err: o.core.Cause()}"}},
		"TestAnotherConnectionIsTaken",
	},
	{
		[]string{"a checker: the kernel has only sparse and lockdep"},
		"one of the analyzers is not asked", "analyzers/analyzers.go",
		[][2]string{{"\trevuse.Analyzer,\n", ""}},
		"TestNicMutated",
	},
}
