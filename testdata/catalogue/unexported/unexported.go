//go:build unexported

// Package unexported requires the packages that the catalogue describes in
// functions they do not export: M63 and M65. Their stubs are compared with
// them; there can be no examples, and nothing is built.
package unexported

import (
	_ "github.com/nats-io/nats-server/v2/server"
	_ "github.com/quic-go/quic-go"
)
