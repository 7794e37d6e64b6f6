package revocable

import "sync/atomic"

// Stats is a snapshot of a provider, for people and their monitoring: publish it with
//
//	expvar.Publish("sensor", expvar.Func(func() any { return p.Stats() }))
type Stats struct {
	State   State
	Running int64 // accesses that have not ended; while others come and go, off by those
	Shards  int   // counters that contended accesses were spread over; 0 before and after
}

// A State says how far a provider's revocation is.
type State string

const (
	Live     State = "live"     // handles give access
	Draining State = "draining" // no new access succeeds, some still run
	Cleaning State = "cleaning" // no access runs, the clean-up has not ended
	Revoked  State = "revoked"  // all is done; zero and nil providers too
)

// Stats returns a snapshot of p. It costs the accesses nothing: nothing is counted for it.
func (p *Provider[T]) Stats() Stats {
	g := p.cell()
	if g.void() {
		return Stats{State: Revoked}
	}
	s := Stats{Running: g.running()}
	switch stage := g.stage.Load(); {
	case stage == stageCleaned:
		s.State = Revoked
	case stage == stageDrained:
		s.State = Cleaning
	case g.happened(eventRevoked):
		s.State = Draining
	default:
		s.State = Live
		if atomic.LoadUint32(&g.mode) == modeSharded {
			if shards := g.shards.Load(); shards != nil {
				s.Shards = len(shards.counters)
			}
		}
	}
	return s
}
