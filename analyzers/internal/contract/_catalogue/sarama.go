//revlint:package github.com/IBM/sarama also github.com/Shopify/sarama
package sarama

// M93, by Client.Close, Consumer.Close, ConsumerGroup.Close, SyncProducer.Close and AsyncProducer.Close: each
// must be called before the object passes out of scope, or memory may leak; by NewConsumerFromClient and
// NewSyncProducerFromClient: the client is still to be closed. Only the debt is followed.
//
//revlint:acquire _ guard c if err == nil
func NewClient(addrs []string, conf *Config) (c Client, err error)

type Client interface {
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard c if err == nil
func NewConsumer(addrs []string, config *Config) (c Consumer, err error)

//revlint:acquire _ guard c if err == nil
func NewConsumerFromClient(client Client) (c Consumer, err error)

//revlint:acquire _ guard g if err == nil
func NewConsumerGroup(addrs []string, groupID string, config *Config) (g ConsumerGroup, err error)

//revlint:acquire _ guard g if err == nil
func NewConsumerGroupFromClient(groupID string, client Client) (g ConsumerGroup, err error)

type ConsumerGroup interface {
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard p if err == nil
func NewSyncProducer(addrs []string, config *Config) (p SyncProducer, err error)

//revlint:acquire _ guard p if err == nil
func NewSyncProducerFromClient(client Client) (p SyncProducer, err error)

type SyncProducer interface {
	//revlint:release self idempotent
	Close() error
}

//revlint:acquire _ guard p if err == nil
func NewAsyncProducer(addrs []string, conf *Config) (p AsyncProducer, err error)

//revlint:acquire _ guard p if err == nil
func NewAsyncProducerFromClient(client Client) (p AsyncProducer, err error)

type AsyncProducer interface {
	//revlint:release self idempotent
	Close() error
	//revlint:release self idempotent
	AsyncClose()
}

// M94, by PartitionConsumer: it is not collected when it passes out of scope, and must be closed.
type Consumer interface {
	//revlint:release self idempotent
	Close() error
	//revlint:acquire _ guard pc if err == nil
	ConsumePartition(topic string, partition int32, offset int64) (pc PartitionConsumer, err error)
}

type PartitionConsumer interface {
	//revlint:release self idempotent
	Close() error
	//revlint:release self idempotent
	AsyncClose()
}

// M95, by ClusterAdmin.Close: it also closes the client; by NewClusterAdminFromClient: that is so with the
// client that is given.
//
//revlint:acquire _ guard a if err == nil
func NewClusterAdmin(addrs []string, conf *Config) (a ClusterAdmin, err error)

// Whoever goes on using the client must not close the ClusterAdmin.
//
//revlint:move client if err == nil
//revlint:acquire _ guard a optional if err == nil
func NewClusterAdminFromClient(client Client) (a ClusterAdmin, err error)

type ClusterAdmin interface {
	//revlint:release self idempotent
	Close() error
}
