// Package loops has accesses that begin, last and end in loops of every kind.
package loops

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log"
	"slices"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/testdata/src/lib/access"
	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/scan"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
	"github.com/revlint/revlint/testdata/src/lib/store"
)

type poller struct {
	handles  []sensor.Handle
	interval time.Duration
	last     []byte
	log      *log.Logger
}

func (p *poller) okPoll(ctx context.Context, out chan<- float64) error {
	tick := time.NewTicker(p.interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		for i, h := range p.handles {
			s, g, err := access.Open(h)
			if err != nil {
				p.log.Printf("sensor %d: %v", i, err)
				continue
			}
			v := s.Read()
			g.Release()
			select {
			case out <- v:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

func (p *poller) okHeldWhileLive(ctx context.Context, h sensor.Handle, in <-chan float64) error {
	for {
		s, g := h.TryAccess()
		if s == nil {
			return sensor.ErrGone
		}
		select {
		case v := <-in:
			s.Set(v)
		case <-h.Revoked():
		case <-ctx.Done():
			g.Release()
			return ctx.Err()
		}
		g.Release()
	}
}

func okBackwards(handles []sensor.Handle) (names []string) {
	for i := len(handles) - 1; i >= 0; i-- {
		if s, g := handles[i].TryAccess(); s != nil {
			names = append(names, s.Name)
			g.Release()
		}
	}
	return names
}

func okArrayOfGuards(handles [3]sensor.Handle) (total float64) {
	var guards [3]revocable.Guard
	for i, h := range handles {
		s, g := h.TryAccess()
		if s != nil {
			total += s.Value
		}
		guards[i] = g
	}
	for i := range guards {
		guards[i].Release()
	}
	return total
}

func okMaximum(handles []sensor.Handle) (best string) {
	high := 0.0
	for _, h := range handles {
		for s := range h.Live() {
			if s.Value > high {
				high, best = s.Value, s.Name
			}
		}
	}
	return best
}

func okKeepOne(handles []sensor.Handle, fits func(*sensor.Sensor) bool) (s *sensor.Sensor, g revocable.Guard) {
	for _, h := range handles {
		s, g = h.TryAccess()
		if s == nil {
			continue
		}
		if fits(s) {
			return s, g
		}
		g.Release()
	}
	return nil, revocable.Guard{}
}

func okSwap(handles []sensor.Handle) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for _, h := range handles {
		next, ng := h.TryAccess()
		if next == nil {
			continue
		}
		g.Release()
		s, g = next, ng
	}
	if s != nil {
		v = s.Value
	}
	g.Release()
	return v
}

func okIterator(handles []sensor.Handle) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for i, h := range handles {
			s, g := h.TryAccess()
			if s == nil {
				continue
			}
			more := yield(i, s.Value)
			g.Release()
			if !more {
				return
			}
		}
	}
}

func okTokens(s *scan.Scanner) (longest string, err error) {
	for s.Scan() {
		line := s.Bytes()
		if i := bytes.IndexByte(line, '#'); i >= 0 {
			line = line[:i]
		}
		if len(line) > len(longest) {
			longest = string(line)
		}
	}
	return longest, s.Err()
}

func okTokenBuffer(s *scan.Scanner) (all []byte) {
	last := make([]byte, 0, 64)
	for s.Scan() {
		if bytes.Equal(last, s.Bytes()) {
			continue
		}
		last = append(last[:0], s.Bytes()...)
		all = append(all, last...)
	}
	return all
}

func okCursor(db *store.DB) (keys []string, err error) {
	err = db.View(func(tx *store.Tx) error {
		b := tx.Bucket("a")
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, v := c.Next(); k != nil; k, v = c.Next() {
			if len(v) > 0 {
				keys = append(keys, string(k))
			}
		}
		return nil
	})
	return keys, err
}

func okIter(db *kv.DB, prefix string) (n int, err error) {
	it, err := db.NewIter(prefix)
	if err != nil {
		return 0, err
	}
	var last []byte
	for ok := it.First(); ok; ok = it.Next() {
		if !bytes.Equal(last, it.Key()) {
			n += len(it.Value())
		}
		last = append(last[:0], it.Key()...)
	}
	return n, it.Close()
}

func okTransactionPerBatch(db *store.DB, batches [][]string) error {
	for i, batch := range batches {
		tx, err := db.Begin(true)
		if err != nil {
			return fmt.Errorf("batch %d: %w", i, err)
		}
		for _, key := range batch {
			if err = access.Put(tx, "a", key, "v"); err != nil {
				break
			}
		}
		if err != nil {
			tx.Rollback()
			return fmt.Errorf("batch %d: %w", i, err)
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("batch %d: %w", i, err)
		}
	}
	return nil
}

func (p *poller) badPoll(ctx context.Context, out chan<- float64) error {
	for i, h := range p.handles {
		s, g, err := access.Open(h) // want revleak
		if err != nil {
			p.log.Printf("sensor %d: %v", i, err)
			continue
		}
		select {
		case out <- s.Read():
		case <-ctx.Done():
			return ctx.Err()
		}
		g.Release()
	}
	return nil
}

func (p *poller) badHeldWhileLive(ctx context.Context, h sensor.Handle, in <-chan float64) error {
	for {
		s, g := h.TryAccess() // want revleak
		if s == nil {
			return sensor.ErrGone
		}
		select {
		case v := <-in:
			s.Set(v)
		case <-h.Revoked():
			continue
		case <-ctx.Done():
			g.Release()
			return ctx.Err()
		}
		g.Release()
	}
}

func badKeepOne(handles []sensor.Handle, low float64) (v float64) {
	var s *sensor.Sensor
	for _, h := range handles {
		p, g := h.TryAccess()
		if p == nil {
			continue
		}
		if p.Value > low {
			s = p
		}
		g.Release()
	}
	if s != nil {
		v = s.Value // want revuse
	}
	return v
}

func badSwap(handles []sensor.Handle) (v float64) {
	var s *sensor.Sensor
	var g revocable.Guard
	for _, h := range handles {
		next, ng := h.TryAccess() // want revleak
		if next == nil {
			continue
		}
		s, g = next, ng
	}
	if s != nil {
		v = s.Value
	}
	g.Release()
	return v
}

func badIterator(handles []sensor.Handle) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for i, h := range handles {
			s, g := h.TryAccess() // want revleak
			if s == nil {
				continue
			}
			if !yield(i, s.Value) {
				return
			}
			g.Release()
		}
	}
}

func badPreviousToken(s *scan.Scanner) (repeated int) {
	var last []byte
	for s.Scan() {
		if last != nil && last[0] == 'x' { // want revuse
			repeated++
		}
		last = s.Bytes()
	}
	return repeated
}

func badTokens(s *scan.Scanner) (all [][]byte, err error) {
	for s.Scan() {
		line := bytes.TrimSpace(s.Bytes())
		if len(line) == 0 {
			continue
		}
		all = append(all, line) // want revescape
	}
	return all, s.Err()
}

func (p *poller) badTokenKept(s *scan.Scanner) (n int) {
	for s.Scan() {
		p.last = s.Bytes() // want revescape
		n++
	}
	return n
}

func badTwoTokens(s *scan.Scanner) bool {
	if !s.Scan() {
		return false
	}
	first := s.Bytes()
	if !s.Scan() {
		return false
	}
	return bytes.Equal(first, s.Bytes()) // want revuse
}

func badIter(db *kv.DB, prefix string) (same int, err error) {
	it, err := db.NewIter(prefix)
	if err != nil {
		return 0, err
	}
	if !it.First() {
		return 0, it.Close()
	}
	first := it.Key()
	for it.Next() {
		if bytes.Equal(first, it.Key()) { // want revuse
			same++
		}
	}
	return same, it.Close()
}

func badIterNotClosed(db *kv.DB, prefix string) (n int, err error) {
	it, err := db.NewIter(prefix) // want revleak
	if err != nil {
		return 0, err
	}
	for ok := it.First(); ok; ok = it.Next() {
		if len(it.Value()) == 0 {
			return 0, fmt.Errorf("empty value at %s", slices.Clone(it.Key()))
		}
		n++
	}
	return n, it.Close()
}

func badTransactionPerBatch(db *store.DB, batches [][]string) error {
	for i, batch := range batches {
		tx, err := db.Begin(true) // want revleak
		if err != nil {
			return fmt.Errorf("batch %d: %w", i, err)
		}
		for _, key := range batch {
			if err = access.Put(tx, "a", key, "v"); err != nil {
				break
			}
		}
		if err != nil {
			continue
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("batch %d: %w", i, err)
		}
	}
	return nil
}
