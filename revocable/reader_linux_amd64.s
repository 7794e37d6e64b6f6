//go:build linux && (amd64 || arm64) && !race && !revocable_portable

#include "go_asm.h"
#include "textflag.h"

// func arrive(s *slot) int64
TEXT ·arrive(SB), NOSPLIT|NOFRAME, $0-16
	MOVQ  s+0(FP), AX
	TESTQ AX, AX
	JZ    none
	MOVQ  slot_open(AX), BX
	TESTQ BX, BX
	JZ    none
	MOVL  slot_depth(AX), CX
	INCL  CX
	CMPB  ·plainStores(SB), $0
	JEQ   exchange
	MOVL  CX, slot_depth(AX)
	MOVQ  (BX), DX
	MOVQ  DX, ret+8(FP)
	RET

exchange:
	XCHGL CX, slot_depth(AX)
	MOVQ  (BX), DX
	MOVQ  DX, ret+8(FP)
	RET

none:
	MOVQ $const_notIn, DX
	MOVQ DX, ret+8(FP)
	RET

// func depart(s *slot) int64
TEXT ·depart(SB), NOSPLIT|NOFRAME, $0-16
	MOVQ  s+0(FP), AX
	TESTQ AX, AX
	JZ    none
	MOVL  slot_depth(AX), CX
	TESTL CX, CX
	JZ    none
	MOVQ  slot_open(AX), BX
	DECL  CX
	CMPB  ·plainStores(SB), $0
	JEQ   exchange
	MOVL  CX, slot_depth(AX)
	MOVQ  (BX), DX
	MOVQ  DX, ret+8(FP)
	RET

exchange:
	XCHGL CX, slot_depth(AX)
	MOVQ  (BX), DX
	MOVQ  DX, ret+8(FP)
	RET

none:
	MOVQ $const_notIn, DX
	MOVQ DX, ret+8(FP)
	RET
