// Package quic imports github.com/quic-go/quic-go, so that its stub is compared
// with it. The functions of M65 are not exported: there are no examples.
package quic

import _ "github.com/quic-go/quic-go"
