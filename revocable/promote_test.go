package revocable

import (
	"slices"
	"sync"
	"testing"

	snares "github.com/revlint/revlint/revocable/internal/snare"
)

// shardCounts lists the counters of p that are not zero.
func shardCounts(p *Provider[chip]) (counts []int64) {
	for i := range p.shards.Load().counters {
		if n := p.shards.Load().counters[i].Load(); n != 0 {
			counts = append(counts, n)
		}
	}
	return counts
}

func TestFrequentOverlapPromotes(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{}, WithCleanup((*chip).release))
	h := p.Handle()
	for range 2 * promoteAfter { // alone: no reason to promote
		_, g := access(t, h)
		g.Release()
	}
	if p.Stats().Shards != 0 {
		t.Fatal("promoted without overlap")
	}
	before := promoted.Load()
	_, sleeper := access(t, h)
	for range promoteAfter {
		_, g := access(t, h)
		g.Release()
	}
	if p.Stats().Shards == 0 || promoted.Load() != before+1 {
		t.Fatal("not promoted by overlap")
	}
	_, g := access(t, h)
	if p.open.Load() != 1 || len(shardCounts(p)) != 1 {
		t.Errorf("open %d, shards %v: want the sleeper in the one, the new access in the other", p.open.Load(), shardCounts(p))
	}
	p.RevokeNoWait()
	if promoted.Load() != before {
		t.Error("a revoked gate is still counted as promoted")
	}
	c := p.res
	g.Release()
	if c.released {
		t.Fatal("cleaned up under the access in the gate's own counter")
	}
	sleeper.Release()
	if !c.released {
		t.Fatal("not cleaned up")
	}
	if p.shards.Load() != nil {
		t.Error("a revoked gate keeps its shards")
	}
}

func TestPromotionIsBounded(t *testing.T) {
	undebugged(t)
	defer promoted.Store(promoted.Load())
	promoted.Store(maxPromoted)
	p := NewProvider(&chip{})
	p.promote()
	if p.mode != modeInline || p.shards.Load() != nil || promoted.Load() != maxPromoted {
		t.Error("promoted beyond the bound")
	}
}

func TestPromotionAfterRevocationChangesNothing(t *testing.T) {
	undebugged(t)
	before := promoted.Load()
	p := NewProvider(&chip{}, WithCleanup((*chip).release))
	p.Revoke()
	p.promote()
	p.promote()
	refused(t, p.Handle())
	if promoted.Load() != before {
		t.Error("counted as promoted")
	}
}

// An entry that read the mode before the revocation, and comes to its shard after the revocation has
// begun but before it has come to that shard, must fail: others have been refused already. It is
// counted by then, and its undoing may be what ends the drain.
func TestEntryOvertakenByTheRevocationFailsAndIsNotMissed(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	p.promote()
	p.open.Or(shut) // the revocation's first step
	if c := p.enterShard(); c != nil {
		t.Fatal("an entry succeeded after the revocation had begun")
	}
	if counts := shardCounts(p); counts != nil {
		t.Errorf("the entry left %v behind", counts)
	}
	if n := p.drain.Load(); n != 0 {
		t.Errorf("an entry that the revocation has not counted has changed what is left to drain by %d", n)
	}
}

// Under an unlucky salt goroutines crowd into a few shards, and clash, until the next salt: most are lucky.
func TestGoroutinesSpreadOverShards(t *testing.T) {
	const salts, n = 40, 64
	var all [salts]*shards
	var chosen [salts]map[*shard]bool
	for i := range all {
		all[i], chosen[i] = newShards(), make(map[*shard]bool)
	}
	var mu sync.Mutex
	var there sync.WaitGroup
	left := n
	hold := make(chan struct{})
	for range n {
		there.Go(func() {
			mu.Lock()
			for i, s := range all {
				chosen[i][s.choose()] = true
			}
			if left--; left == 0 {
				close(hold)
			}
			mu.Unlock()
			<-hold // no goroutine may take over another's stack
		})
	}
	there.Wait()
	lucky := 0
	for i, s := range all {
		if len(chosen[i]) >= len(s.counters)/2 {
			lucky++
		}
	}
	if lucky <= salts/2 {
		t.Errorf("%d goroutines use half of the shards under %d of %d salts", n, lucky, salts)
	}
}

func TestClashesChangeTheSalt(t *testing.T) {
	s := newShards()
	for range 32 { // so often that none of them is odd by luck
		salt := s.salt.Load()
		for range resaltAfter - 1 {
			s.noteClash(&s.counters[0])
		}
		if s.salt.Load() != salt {
			t.Fatal("resalted early")
		}
		s.noteClash(&s.counters[0])
		if s.salt.Load() == salt || s.salt.Load()%2 == 0 {
			t.Fatalf("salt %x after %x", s.salt.Load(), salt)
		}
	}
}

// The same, where the revocation has come to the shard already: nothing is left of the entry.
func TestEntryAfterTheRevocationLeavesItsShardAsItWas(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	p.promote()
	_, g := access(t, p.Handle())
	p.RevokeNoWait()
	before := shardCounts(p)
	for range 3 {
		if p.enterShard() != nil {
			t.Fatal("an entry succeeded")
		}
	}
	if after := shardCounts(p); !slices.Equal(before, after) || p.Stats().Running != 1 {
		t.Errorf("counts %v before, %v after; %d accesses run", before, after, p.Stats().Running)
	}
	g.Release()
}

func TestOccasionalOverlapDoesNotPromote(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	h := p.Handle()
	_, sleeper := access(t, h)
	for range promoteAfter - 1 {
		_, g := access(t, h)
		g.Release()
	}
	if p.Stats().Shards != 0 {
		t.Error("promoted by a few meetings")
	}
	sleeper.Release()
	p.Revoke()
}

// TestClashesAskForANewSalt, and accesses that meet nobody do not.
func TestClashesAskForANewSalt(t *testing.T) {
	undebugged(t)
	p := NewProvider(&chip{})
	p.promote()
	shards := p.shards.Load()
	h := p.Handle()
	salt := shards.salt.Load()
	for range 4 * resaltAfter {
		_, g := access(t, h)
		g.Release()
	}
	if shards.salt.Load() != salt {
		t.Error("a new salt without a clash")
	}
	nested := func() (changed bool) {
		_, outer := access(t, h)
		defer outer.Release()
		for range resaltAfter {
			_, inner := access(t, h) // of the same stack, so on the same shard
			inner.Release()
		}
		return shards.salt.Load() != salt
	}
	if !nested() { // the stack may have moved
		if !nested() {
			t.Error("no new salt")
		}
	}
	p.Revoke()
}

// A gate that a test has set a snare in is counted as promoted no more, and one that was not is not counted off.
func TestSnareOfAPromotedGate(t *testing.T) {
	undebugged(t)
	for _, sharded := range []bool{false, true} {
		before := promoted.Load()
		p := NewProvider(&chip{})
		if sharded {
			p.promote()
		}
		sprung := snares.RevokeAt(p, 2)
		if promoted.Load() != before {
			t.Errorf("sharded %v: %d gates are promoted, want %d", sharded, promoted.Load(), before)
		}
		_, g := access(t, p.Handle())
		g.Release()
		refused(t, p.Handle())
		if !sprung() {
			t.Error("not sprung")
		}
		p.Revoke()
		if promoted.Load() != before {
			t.Errorf("sharded %v: %d gates are promoted after the revocation, want %d", sharded, promoted.Load(), before)
		}
	}
}
