package revio_test

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// BenchmarkRead is what an operation costs: the bar is that a read of one byte costs no more than 1.6 × the floor, an
// atomic add pair, more than a bare one.
func BenchmarkRead(b *testing.B) {
	b.Run("floor", func(b *testing.B) {
		var n struct {
			_ [64]byte
			atomic.Int64
			_ [64]byte
		}
		for b.Loop() {
			n.Add(1)
			n.Add(-1)
		}
	})
	loop := func(c io.Reader) func(b *testing.B) {
		return func(b *testing.B) {
			var p [1]byte
			b.ReportAllocs()
			for b.Loop() {
				_, _ = c.Read(p[:])
			}
		}
	}
	b.Run("bare", loop(net.Conn(zeros{})))
	wrapped, _ := revio.Conn(zeros{})
	b.Run("wrapped", loop(wrapped))
	bus := revocable.NewProvider(new(int))
	behind, _ := revio.Conn(zeros{}, revio.Behind(bus.Handle()))
	b.Run("behind_one", loop(behind))
	file, _ := revio.ReadWriteCloser(struct{ io.ReadWriteCloser }{zeros{}})
	b.Run("wrapped_ReadWriteCloser", loop(file))
}

// zeros is the endless connection to nowhere.
type zeros struct{}

func (zeros) Read(p []byte) (int, error)       { clear(p); return len(p), nil }
func (zeros) Write(p []byte) (int, error)      { return len(p), nil }
func (zeros) Close() error                     { return nil }
func (zeros) LocalAddr() net.Addr              { return nil }
func (zeros) RemoteAddr() net.Addr             { return nil }
func (zeros) SetDeadline(time.Time) error      { return nil }
func (zeros) SetReadDeadline(time.Time) error  { return nil }
func (zeros) SetWriteDeadline(time.Time) error { return nil }
