//go:build linux && (amd64 || arm64) && !race && !revocable_portable

#include "go_asm.h"
#include "textflag.h"

// func arrive(s *slot) int64
//
// The load acquires, so that no use of the resource goes before it.
TEXT ·arrive(SB), NOSPLIT|NOFRAME, $0-16
	MOVD  s+0(FP), R0
	CBZ   R0, none
	MOVD  slot_open(R0), R1
	CBZ   R1, none
	MOVWU slot_depth(R0), R2
	ADDW  $1, R2
	MOVW  R2, slot_depth(R0)
	MOVBU ·plainStores(SB), R3
	CBNZ  R3, look
	DMB   $0xB

look:
	LDAR (R1), R4
	MOVD R4, ret+8(FP)
	RET

none:
	MOVD $const_notIn, R4
	MOVD R4, ret+8(FP)
	RET

// func depart(s *slot) int64
//
// The store releases, so that no use of the resource comes after it.
TEXT ·depart(SB), NOSPLIT|NOFRAME, $0-16
	MOVD  s+0(FP), R0
	CBZ   R0, none
	MOVWU slot_depth(R0), R2
	CBZW  R2, none
	MOVD  slot_open(R0), R1
	SUBW  $1, R2
	ADD   $slot_depth, R0, R5
	STLRW R2, (R5)
	MOVBU ·plainStores(SB), R3
	CBNZ  R3, look
	DMB   $0xB

look:
	MOVD (R1), R4
	MOVD R4, ret+8(FP)
	RET

none:
	MOVD $const_notIn, R4
	MOVD R4, ret+8(FP)
	RET
