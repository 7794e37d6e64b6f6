// Package natspool imports github.com/nats-io/nats-server/v2/server, so that
// its stub is compared with it. The functions of M63 are not exported: there
// are no examples.
package natspool

import _ "github.com/nats-io/nats-server/v2/server"
