// Package rcmgr has the examples for github.com/libp2p/go-libp2p.
package rcmgr

import (
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
)

// M52: not done where there is no memory.
func reserve(scope network.ResourceScope, n int) error {
	span, err := scope.BeginSpan() // want revleak
	if err != nil {
		return err
	}
	if err := span.ReserveMemory(n, network.ReservationPriorityAlways); err != nil {
		return err
	}
	span.Done()
	return nil
}

// M52: not done where there is nothing to reserve.
func reserveSome(scope network.ResourceScope, n int) error {
	span, err := scope.BeginSpan() // want revleak
	if err != nil {
		return err
	}
	if n == 0 {
		return nil
	}
	defer span.Done()
	return span.ReserveMemory(n, network.ReservationPriorityAlways)
}

// M52: done, twice at that.
func reserved(scope network.ResourceScope, n int) error {
	span, err := scope.BeginSpan()
	if err != nil {
		return err
	}
	defer span.Done()
	if err := span.ReserveMemory(n, network.ReservationPriorityAlways); err != nil {
		return err
	}
	span.Done()
	return nil
}

// M53: the scope leaves the view.
func scopeOf(m network.ResourceManager, p peer.ID) (kept network.PeerScope, err error) {
	err = m.ViewPeer(p, func(s network.PeerScope) error {
		kept = s // want revescape
		return nil
	})
	return kept, err
}

// M53: what it says stays.
func statOf(m network.ResourceManager, p peer.ID) (stat network.ScopeStat, err error) {
	err = m.ViewPeer(p, func(s network.PeerScope) error {
		stat = s.Stat()
		return nil
	})
	return stat, err
}
