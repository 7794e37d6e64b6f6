//revlint:package github.com/nats-io/nats.go
package nats

// M89, by Conn.Close and Conn.Drain: a connection is closed, or drained and then closed by that;
// only the debt is followed, because a connection is used from everywhere.
//
//revlint:acquire _ guard nc if err == nil
func Connect(url string, options ...Option) (nc *Conn, err error)

//revlint:acquire _ guard nc if err == nil
func (o Options) Connect() (nc *Conn, err error)

//revlint:release nc idempotent
//revlint:always // it asks whether there is a connection
func (nc *Conn) Close()

//revlint:release nc idempotent
func (nc *Conn) Drain() error
