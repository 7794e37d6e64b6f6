// Package device is a driver model for things that may be unplugged. Once a device is
// unbound from its driver, nobody can reach its resources any more. Where it is certain
// that the device is bound, reaching them costs nothing.
//
// The package brings to Go what Rust's driver core in Linux does with Device<Bound> and
// Devres, and what devm does in C:
//
//   - A [Device] is bound to a driver by [Device.Bind], or by [Bind] with the driver's own data, and
//     unbound by [Device.Unbind]. It may have children, made by [Bound.NewChild], which are unbound
//     with it.
//   - [Manage] makes a resource the device's own, a [Devres]; [Bound.OnUnbind] registers
//     an action. Both stand in one list, which is undone last first: at unbind, and when
//     probe fails. [Bound.OnQuiesce] registers what is to run before that.
//   - [Bound.Go], [Bound.NewWork], [Bound.AfterFunc] and [Bound.Every] register callbacks that
//     never run beyond an unbind, because Unbind stops them and waits for them before it takes
//     anything away, as free_irq, cancel_work_sync and timer_shutdown_sync do.
//     [Device.WithBound] makes Unbind wait for any other piece of code.
//   - Each of these callbacks is given a token, a [Bound], which proves that the device is
//     bound. So [Devres.Access] takes the token in place of a lock or a reference count, and
//     only compares whether it is the right one. [Data] returns the driver's data for it.
//   - [Devres.TryAccess] is for code without a token, such as an operation on a file
//     that is still open after the device has gone.
//
// A driver reads like this:
//
//	func probe(c *device.Core) (*nic, error) {
//		b := c.Bound()
//		regs, err := mapRegisters()
//		if err != nil {
//			return nil, err
//		}
//		n := &nic{regs: device.Manage(b, regs, unmapRegisters)}
//		b.OnQuiesce(n.stop)
//		b.Go(n.serveInterrupts)
//		return n, nil
//	}
//
//	func (n *nic) serveInterrupts(ctx context.Context, b *device.Bound) {
//		for n.awaitInterrupt(ctx) {
//			regs, err := n.regs.Access(b) // fails for a token of another device only
//			if err != nil {
//				return
//			}
//			regs.acknowledge()
//		}
//	}
//
//	err := device.Bind(dev, probe)
//
// # Memory model
//
// In the terms of the Go memory model:
//
//   - The return of probe synchronizes before any scope, and before any return of [Data] that gives what
//     that probe returned.
//   - The call that registers a callback, starts a timer or queues a work item synchronizes before what
//     it starts.
//   - The end of every callback and scope synchronizes before the functions of OnQuiesce.
//   - The functions of OnQuiesce of a child synchronize before those of its parent, and these before
//     anything is undone.
//   - The end of the undoing synchronizes before the return of every Unbind that returns nil, and of a Bind
//     that returns an error after it has called probe.
//   - One run of a work item, and one tick of Every, synchronizes before the next, and a run
//     before the return of each [Work.Cancel] that finds the item idle or waits for it.
//   - The end of each access outside of callbacks synchronizes before the release of its resource, and that
//     before the return of every [Devres.Release] that returns nil.
//
// # What Rust's compiler proves
//
// In Rust a token cannot leave its callback, nor a resource the token's reach. In Go they
// can, and there are two remedies. The linter revlint finds the mistake before the program
// runs: its analyzers revbound, revuse and revescape do, and revwait finds an Unbind that
// waits for itself. And a token that was kept is worthless at run time, because it is
// retired when its callback returns. Only the linter sees a bare pointer that was kept
// beyond its token.
//
// # Debug mode
//
// Debug mode is that of package revocable: REVOCABLEDEBUG=1 in the environment of the
// program turns it on, and it costs nothing while it is off. This package then writes to
// standard error, each time with the stacks of both sides:
//
//   - the use of a retired token, with the place where it came from;
//   - an Unbind that waits for itself, as soon as it is called;
//   - an Unbind that has been waiting for ten seconds (for DURATION, with
//     REVOCABLEDEBUG=stuck=DURATION), then for twice as long more, and so on, with all that
//     it waits for.
//
// Package revocable reports an access outside of callbacks that Unbind waits for.
package device
