//revlint:package github.com/segmentio/kafka-go
package kafka

import "context"

// M90, by Reader.Close and Writer.Close: the README says that it is important to close a reader; a writer flushes pending
// writes. Only the debt is followed, because both are used by several goroutines.
//
//revlint:acquire _ guard r
func NewReader(config ReaderConfig) (r *Reader)

//revlint:release r idempotent
func (r *Reader) Close() error

//revlint:acquire _ guard w
func NewWriter(config WriterConfig) (w *Writer)

//revlint:release w idempotent
func (w *Writer) Close() error

//revlint:acquire _ guard cg if err == nil
func NewConsumerGroup(config ConsumerGroupConfig) (cg *ConsumerGroup, err error)

//revlint:release cg idempotent
func (cg *ConsumerGroup) Close() error

// M91, by Conn.Close and DialLeader: a connection to Kafka is closed, as each example of the README does.
//
//revlint:acquire _ guard c if err == nil
func Dial(network, address string) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func DialContext(ctx context.Context, network, address string) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func DialLeader(ctx context.Context, network, address, topic string, partition int) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func DialPartition(ctx context.Context, network, address string, partition Partition) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (d *Dialer) Dial(network, address string) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (d *Dialer) DialContext(ctx context.Context, network, address string) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (d *Dialer) DialLeader(ctx context.Context, network, address, topic string, partition int) (c *Conn, err error)

//revlint:acquire _ guard c if err == nil
func (d *Dialer) DialPartition(ctx context.Context, network, address string, partition Partition) (c *Conn, err error)

//revlint:release c idempotent
func (c *Conn) Close() error

// M92, by Batch.Close: it releases the lock of the connection.
//
//revlint:acquire _ guard b brief
func (c *Conn) ReadBatch(minBytes, maxBytes int) (b *Batch)

//revlint:acquire _ guard b brief
func (c *Conn) ReadBatchWith(cfg ReadBatchConfig) (b *Batch)

//revlint:release b idempotent
func (b *Batch) Close() error
