package main

import (
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/revlint/revlint/revocable"
)

// neighbours prints what it costs the users of one provider that others are revoked all the time, on another
// processor. (Java's shared arenas are blamed for stopping every thread when one is closed.) The measure is the same work
// beside a neighbour that makes as many providers and accesses, and revokes none.
func neighbours(rounds int) {
	if runtime.NumCPU() < 2 {
		return
	}
	others := []struct {
		what string
		turn func()
	}{
		{"making providers, revoking none", func() {
			p := revocable.NewProvider(new(sensor))
			_, g := p.Handle().TryAccess()
			g.Release()
		}},
		{"revoking them", func() {
			p := revocable.NewProvider(new(sensor))
			_, g := p.Handle().TryAccess()
			g.Release()
			p.Revoke()
		}},
		{"revoking them, each with a Reader", func() {
			p := revocable.NewProvider(new(sensor))
			r := p.Handle().Reader()
			r.Enter()
			r.Leave()
			p.Revoke()
		}},
	}
	users := []peer{find(ours), find(reader)}
	samples := make([][][]float64, len(users)) // by user and neighbour
	for u := range samples {
		samples[u] = make([][]float64, len(others))
	}
	loops := make([]func(int) int, len(users))
	for u := range users {
		loops[u] = users[u].start()
	}
	for range rounds {
		for u := range users {
			for o := range others {
				stop := beside(others[o].turn)
				if ns, ok := sample(loops[u], 1); ok {
					samples[u][o] = append(samples[u][o], ns)
				}
				stop()
			}
		}
	}
	fmt.Println("\n| with a neighbour that is | TryAccess + Release, × | Reader, × |\n|---|---|---|")
	for o := range others {
		fmt.Printf("| %s |", others[o].what)
		for u := range users {
			base, here := median(samples[u][0]), median(samples[u][o])
			if base == 0 || here == 0 {
				fmt.Print(" – |")
				continue
			}
			fmt.Printf(" %.2f |", here/base)
		}
		fmt.Println()
	}
}

func find(name string) peer {
	for _, ps := range [][]peer{peers, systems} {
		if i := slices.IndexFunc(ps, func(p peer) bool { return p.name == name }); i >= 0 {
			return ps[i]
		}
	}
	panic("no peer is called " + name)
}

// beside has turn run again and again, on the second processor.
func beside(turn func()) (stop func()) {
	var end atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		pin(1)
		for !end.Load() {
			turn()
		}
	}()
	return func() {
		end.Store(true)
		<-done
	}
}

func median(ns []float64) float64 {
	if len(ns) == 0 {
		return 0
	}
	slices.Sort(ns)
	return ns[len(ns)/2]
}
