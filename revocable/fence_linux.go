//go:build linux && (amd64 || arm64) && !race && !revocable_portable

package revocable

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
)

// The commands of membarrier(2), of Linux 4.14.
const (
	membarrierQuery    = 0
	membarrierPrivate  = 1 << 3 // MEMBARRIER_CMD_PRIVATE_EXPEDITED
	membarrierRegister = 1 << 4 // MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED
)

func membarrier(command uintptr) (uintptr, syscall.Errno) {
	number := uintptr(324)
	if runtime.GOARCH == "arm64" {
		number = 283
	}
	// A quick call, of a few microseconds, so the scheduler need not know.
	result, _, errno := syscall.RawSyscall(number, command, 0, 0)
	return result, errno
}

// prepareFence finds out, once, whether the system has what fence needs.
var prepareFence = sync.OnceFunc(func() {
	commands, errno := membarrier(membarrierQuery)
	if errno != 0 || commands&membarrierPrivate == 0 {
		return
	}
	_, errno = membarrier(membarrierRegister)
	plainStores = errno == 0
})

// fence has every processor that runs a thread of this process make a full memory barrier, unless readers make
// theirs.
func fence() {
	if !plainStores {
		return
	}
	if _, errno := membarrier(membarrierPrivate); errno != 0 {
		// Registered and refused: somebody has taken the call away since, and the accesses can no longer be seen.
		panic(fmt.Sprintf("revocable: membarrier: %v", errno))
	}
}
