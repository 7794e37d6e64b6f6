//go:build linux && (amd64 || arm64) && !race && !revocable_portable

#include "go_asm.h"
#include "textflag.h"

// The common depths are compared and not counted, since the branch is foreseen: a sum would have to wait for the
// store before it.

// func arrive(s *slot) int64
TEXT ·arrive(SB), NOSPLIT|NOFRAME, $0-16
	MOVQ  s+0(FP), AX
	TESTQ AX, AX
	JZ    none
	MOVQ  slot_open(AX), BX
	TESTQ BX, BX
	JZ    none
	MOVL  $1, CX
	CMPL  slot_depth(AX), $0
	JNE   nested

store:
	MOVL CX, slot_depth(AX)

look:
	MOVQ (BX), DX
	MOVQ DX, ret+8(FP)
	RET

nested:
	ADDL slot_depth(AX), CX
	JMP  store

none:
	MOVQ $const_notIn, DX
	MOVQ DX, ret+8(FP)
	RET

// func depart(s *slot) int64
TEXT ·depart(SB), NOSPLIT|NOFRAME, $0-16
	MOVQ  s+0(FP), AX
	TESTQ AX, AX
	JZ    none
	MOVQ  slot_open(AX), BX
	XORL  CX, CX
	CMPL  slot_depth(AX), $1
	JNE   nested

store:
	MOVL CX, slot_depth(AX)

look:
	MOVQ (BX), DX
	MOVQ DX, ret+8(FP)
	RET

nested:
	JLT  none
	MOVL slot_depth(AX), CX
	DECL CX
	JMP  store

none:
	MOVQ $const_notIn, DX
	MOVQ DX, ret+8(FP)
	RET
