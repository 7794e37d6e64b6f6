//go:build linux && (amd64 || arm64) && !race && !revocable_portable

#include "go_asm.h"
#include "textflag.h"

// The common depths are compared and not counted, since the branch is foreseen: a sum would have to wait for the
// store before it.

// func arrive(s *slot) int64
//
// The load acquires, so that no use of the resource goes before it.
TEXT ·arrive(SB), NOSPLIT|NOFRAME, $0-16
	MOVD  s+0(FP), R0
	CBZ   R0, none
	MOVD  slot_open(R0), R1
	CBZ   R1, none
	MOVWU slot_depth(R0), R2
	CBNZW R2, nested
	MOVW  $1, R2

store:
	MOVW  R2, slot_depth(R0)

look:
	LDAR (R1), R4
	MOVD R4, ret+8(FP)
	RET

nested:
	ADDW $1, R2
	B    store

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
	MOVD  slot_open(R0), R1
	MOVWU slot_depth(R0), R2
	CMPW  $1, R2
	BNE   nested
	MOVW  $0, R2

store:
	ADD   $slot_depth, R0, R5
	STLRW R2, (R5)

look:
	MOVD (R1), R4
	MOVD R4, ret+8(FP)
	RET

nested:
	CBZW R2, none
	SUBW $1, R2
	B    store

none:
	MOVD $const_notIn, R4
	MOVD R4, ret+8(FP)
	RET
