// Package device is a driver model for things that may be unplugged: a resource of a
// device cannot be reached any more once the device is unbound from its driver, and
// where it is certain that the device is bound, reaching it costs nothing.
//
// It brings to Go what Rust's driver core in Linux does with Device<Bound> and Devres,
// and what devm does in C:
//
//   - A [Device] is bound to a driver by [Device.Bind], or by [Bind] with the driver's own data, and
//     unbound by [Device.Unbind]. It may have children, made by [Bound.NewChild], which are unbound
//     with it.
//   - [Manage] makes a resource the device's own, a [Devres]; [Bound.OnUnbind] registers
//     an action. Both stand in one list, which is undone last first at unbind, and when
//     probe fails. [Bound.OnQuiesce] registers what is to run before that.
//   - [Bound.Go], [Bound.NewWork], [Bound.AfterFunc] and [Bound.Every] register callbacks that
//     never run beyond an unbind, for Unbind stops them and waits for them before it takes
//     anything away, as free_irq, cancel_work_sync and timer_shutdown_sync do. [Device.WithBound]
//     makes any other piece of code one that Unbind waits for.
//   - Each of these callbacks is given a token, a [Bound]. It proves that the device is
//     bound, so [Devres.Access] takes it in place of a lock or a reference count, and
//     only compares whether it is the right one, and [Data] has the driver's data for it.
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
// In the terms of the Go memory model: what probe does synchronizes before any scope, and what it does before it
// registers a callback, starts a timer or queues a work item, synchronizes before that runs. The end of every callback and
// scope synchronizes before the functions of OnQuiesce, those of a child before those of its parent, these before anything
// is undone, and the end of that before the return of every Unbind that returns nil. One run of a work item, and one tick
// of Every, synchronizes before the next.
//
// # What Rust's compiler proves
//
// In Rust a token cannot leave its callback, nor a resource the token's reach. In Go they
// can, and the two remedies are these: the linter revlint finds it before the program runs
// (analyzers revbound, revuse and revescape, and revwait for an Unbind that waits for
// itself); and a token that was kept is worthless at run time, for it is retired when its
// callback returns. A bare pointer that was kept beyond its token is seen by the linter
// alone.
//
// # Debug mode
//
// Debug mode is that of package revocable: it is chosen by REVOCABLEDEBUG=1 in the
// environment of the program, and costs nothing where it is off. This package then writes
// to standard error, each time with the stacks of both sides:
//
//   - the use of a retired token, with the place where it came from;
//   - an Unbind that waits for itself, as soon as it is called;
//   - an Unbind that has been waiting for ten seconds (for DURATION, with
//     REVOCABLEDEBUG=stuck=DURATION), then for twice as long more, and so on, with all that
//     it waits for.
//
// An access outside of callbacks that Unbind waits for is reported by package revocable.
package device
