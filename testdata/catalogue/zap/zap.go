// Package zap has the examples for go.uber.org/zap.
package zap

import (
	"go.uber.org/zap"
	"go.uber.org/zap/buffer"
	"go.uber.org/zap/zapcore"
)

// M34: Write gives the entry back.
func twice(log *zap.Logger) {
	if ce := log.Check(zapcore.InfoLevel, "once"); ce != nil {
		ce.Write()
		ce.Write() // want revrelease
	}
}

// M34: written once, if there is one.
func once(log *zap.Logger) {
	if ce := log.Check(zapcore.InfoLevel, "once"); ce != nil {
		ce.Write(zap.Int("n", 1))
	}
}

var pool = buffer.NewPool()

// M35: the bytes are the buffer's.
func line(text string) []byte {
	b := pool.Get()
	defer b.Free()
	b.AppendString(text)
	return b.Bytes() // want revescape
}

// M35: a string is a copy.
func lineString(text string) string {
	b := pool.Get()
	defer b.Free()
	b.AppendString(text)
	return b.String()
}
