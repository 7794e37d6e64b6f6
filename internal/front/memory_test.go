package front

import "testing"

// TestMemoryLimit holds that the collector has room to work in: a limit that is less than what is
// in use has it run without end.
func TestMemoryLimit(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct{ live, most, want int64 }{
		{0, 4096 * mb, 512 * mb},
		{100 * mb, 4096 * mb, 512 * mb},
		{400 * mb, 4096 * mb, 800 * mb},
		{3000 * mb, 4096 * mb, 4096 * mb},
		{100 * mb, 200 * mb, 200 * mb},
	} {
		if got := memoryLimit(c.live, c.most); got != c.want {
			t.Errorf("memoryLimit(%d MB, %d MB) = %d MB, want %d MB", c.live/mb, c.most/mb, got/mb, c.want/mb)
		}
	}
}
