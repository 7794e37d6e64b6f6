package revocable

import (
	"context"
	"flag"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var stressFor = flag.Duration("stress", time.Second, "how long TestStress runs")

func stressTime() time.Duration {
	if testing.Short() {
		return *stressFor / 10
	}
	return *stressFor
}

// TestStress lets readers of all habits and revokers of all kinds loose on a few providers, again and
// again. A chip's fields are plain: under -race a clean-up that an access has not been waited for is a
// data race even where the check in read does not meet it.
func TestStress(t *testing.T) {
	var accesses, rounds int64
	for end := time.Now().Add(stressTime()); time.Now().Before(end) && !t.Failed(); rounds++ {
		accesses += stressRound(t)
	}
	t.Logf("%d accesses in %d rounds", accesses, rounds)
}

func stressRound(t *testing.T) (accesses int64) {
	const providers = 3
	var ps [providers]*Provider[chip]
	var cleaned [providers]atomic.Int32
	var handles [providers]Handle[chip]
	for i := range ps {
		ps[i] = NewProvider(&chip{}, WithCleanup(func(c *chip) {
			c.release()
			cleaned[i].Add(1)
		}))
		handles[i] = ps[i].Handle()
		if rand.IntN(4) == 0 {
			ps[i].promote()
		}
	}

	var readers, revokers sync.WaitGroup
	var total atomic.Int64
	handed := make(chan Guard, 8)
	var releaser sync.WaitGroup
	releaser.Go(func() {
		for g := range handed {
			g.Release()
		}
	})
	for range 2 + rand.IntN(6) {
		readers.Go(func() { total.Add(stressReader(t, handles[:], handed)) })
	}
	patience := rand.IntN(300)
	for range 1 + rand.IntN(3) {
		revokers.Go(func() {
			time.Sleep(time.Duration(rand.IntN(patience+1)) * time.Microsecond)
			stressRevoker(t, ps[:])
		})
	}
	revokers.Wait()
	RevokeAll(context.Background(), ps[0], ps[1], ps[2])
	for i := range ps {
		if n := cleaned[i].Load(); n != 1 {
			t.Errorf("%d clean-ups when RevokeAll returned", n)
		}
	}
	readers.Wait()
	close(handed)
	releaser.Wait()
	for _, p := range ps {
		if s := p.Stats(); s.Running != 0 || s.State != Revoked {
			t.Errorf("at the end: %+v", s)
		}
		refused(t, p.Handle())
	}
	return total.Load()
}

// stressReader makes accesses until every handle is revoked, and returns how many.
func stressReader(t *testing.T, handles []Handle[chip], handed chan<- Guard) (accesses int64) {
	read := func(c *chip) {
		if c.released {
			t.Error("access to a resource that was cleaned up")
		}
		accesses++
	}
	for revoked := 0; revoked < 1000; { // a while longer than the last one lives: late readers matter
		h := handles[rand.IntN(len(handles))]
		c, g := h.TryAccess()
		if c == nil {
			select {
			case <-h.Revoked():
			default:
				t.Error("refused by a live provider")
			}
			revoked++
			continue
		}
		read(c)
		switch rand.IntN(16) {
		case 0:
			runtime.Gosched()
		case 1: // a sleeper that lets itself be woken
			select {
			case <-h.Revoked():
			case <-time.After(time.Duration(rand.IntN(100)) * time.Microsecond):
			}
		case 2: // nested
			h.With(func(c *chip) error { read(c); return nil })
		case 3:
			for c := range handles[rand.IntN(len(handles))].Live() {
				read(c)
			}
		case 4:
			With2(h, handles[0], func(a, b *chip) error { read(a); read(b); return nil })
		case 5: // handed over
			handed <- g
			continue
		case 6:
			ctx, cancel := h.Context(context.Background())
			_ = ctx.Err()
			cancel()
		}
		read(c)
		g.Release()
	}
	return accesses
}

// stressRevoker revokes in one of all ways, and checks what that way promises.
func stressRevoker(t *testing.T, ps []*Provider[chip]) {
	p := ps[rand.IntN(len(ps))]
	res := p.Handle().UnsafeAccess
	way := rand.IntN(5)
	revokedOne := way < 3 // p; otherwise ps[0] and others
	switch way {
	case 0:
		p.Revoke()
		if res() != nil {
			t.Error("Revoke returned before the clean-up")
		}
	case 1:
		p.RevokeNoWait()
	case 2:
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(rand.IntN(50))*time.Microsecond)
		defer cancel()
		if p.RevokeContext(ctx) == nil && res() != nil {
			t.Error("RevokeContext returned nil before the clean-up")
		}
	case 3:
		RevokeAll(context.Background(), ps[2], ps[0])
	case 4:
		ctx, cancel := context.WithTimeout(context.Background(), time.Duration(rand.IntN(50))*time.Microsecond)
		defer cancel()
		RevokeAll(ctx, ps[0], ps[1], ps[2])
	}
	if revokedOne {
		refused(t, p.Handle())
	} else {
		refused(t, ps[0].Handle())
	}
}
