// Package kafka has the examples for github.com/segmentio/kafka-go and github.com/IBM/sarama.
package kafka

import (
	"context"

	"github.com/IBM/sarama"
	"github.com/segmentio/kafka-go"
)

// M90: the reader is left where a message cannot be read.
func next(ctx context.Context, cfg kafka.ReaderConfig) ([]byte, error) {
	r := kafka.NewReader(cfg) // want revleak
	m, err := r.ReadMessage(ctx)
	if err != nil {
		return nil, err
	}
	return m.Value, r.Close()
}

// M90: closed.
func each(ctx context.Context, cfg kafka.ReaderConfig, fn func([]byte)) error {
	r := kafka.NewReader(cfg)
	defer r.Close()
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		fn(m.Value)
	}
}

// M91: the connection stays open.
func partitions(ctx context.Context, addr, topic string) (int, error) {
	c, err := kafka.DialContext(ctx, "tcp", addr) // want revleak
	if err != nil {
		return 0, err
	}
	ps, err := c.ReadPartitions(topic)
	return len(ps), err
}

// M91: closed.
func create(addr string, topics ...kafka.TopicConfig) error {
	c, err := kafka.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CreateTopics(topics...)
}

// M92: the batch keeps the connection locked.
func message(c *kafka.Conn) ([]byte, error) {
	b := c.ReadBatch(1, 1e6) // want revleak
	m, err := b.ReadMessage()
	if err != nil {
		return nil, err
	}
	return m.Value, nil
}

// M92: closed, which also says what went wrong.
func messages(c *kafka.Conn) (out [][]byte, err error) {
	b := c.ReadBatch(1, 1e6)
	for {
		m, err := b.ReadMessage()
		if err != nil {
			break
		}
		out = append(out, m.Value)
	}
	return out, b.Close()
}

// M93: the client stays where there is no consumer.
func consumer(addrs []string) (sarama.Consumer, error) {
	client, err := sarama.NewClient(addrs, nil) // want revleak
	if err != nil {
		return nil, err
	}
	return sarama.NewConsumerFromClient(client)
}

// M93: the producer is not closed where a message cannot be sent.
func send(addrs []string, m *sarama.ProducerMessage) error {
	p, err := sarama.NewSyncProducer(addrs, nil) // want revleak
	if err != nil {
		return err
	}
	if _, _, err := p.SendMessage(m); err != nil {
		return err
	}
	return p.Close()
}

// M93: closed.
func sendAll(addrs []string, ms []*sarama.ProducerMessage) error {
	p, err := sarama.NewSyncProducer(addrs, nil)
	if err != nil {
		return err
	}
	defer p.Close()
	return p.SendMessages(ms)
}

// M94: nobody closes the consumer of the partition.
func latest(c sarama.Consumer, topic string) ([]byte, error) {
	pc, err := c.ConsumePartition(topic, 0, sarama.OffsetNewest) // want revleak
	if err != nil {
		return nil, err
	}
	m := <-pc.Messages()
	return m.Value, nil
}

// M94: closed.
func follow(c sarama.Consumer, topic string, stop <-chan struct{}, fn func([]byte)) error {
	pc, err := c.ConsumePartition(topic, 0, sarama.OffsetNewest)
	if err != nil {
		return err
	}
	defer pc.AsyncClose()
	for {
		select {
		case m := <-pc.Messages():
			fn(m.Value)
		case <-stop:
			return nil
		}
	}
}

// M95: nobody closes the admin.
func topics(addrs []string) (int, error) {
	a, err := sarama.NewClusterAdmin(addrs, nil) // want revleak
	if err != nil {
		return 0, err
	}
	list, err := a.ListTopics()
	return len(list), err
}

// M95: the client is closed with the admin.
func groups(addrs []string) (map[string]string, error) {
	client, err := sarama.NewClient(addrs, nil)
	if err != nil {
		return nil, err
	}
	a, err := sarama.NewClusterAdminFromClient(client)
	if err != nil {
		client.Close()
		return nil, err
	}
	defer a.Close()
	return a.ListConsumerGroups()
}

// M95: the client is another's, who would lose it with the admin.
func groups(client sarama.Client) (map[string]string, error) {
	admin, err := sarama.NewClusterAdminFromClient(client)
	if err != nil {
		return nil, err
	}
	return admin.ListConsumerGroups()
}
