//go:build !linux || !(amd64 || arm64) || race || revocable_portable

package revocable

import "testing"

// useFence has nothing to choose from.
func useFence(t *testing.T, plain bool) {
	if plain {
		t.Log("here readers fence")
	}
}
