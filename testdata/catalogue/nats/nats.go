// Package nats has the examples for github.com/nats-io/nats.go.
package nats

import (
	"time"

	"github.com/nats-io/nats.go"
)

// M89: the connection stays open where the request fails.
func ask(url, subject string) ([]byte, error) {
	nc, err := nats.Connect(url) // want revleak
	if err != nil {
		return nil, err
	}
	msg, err := nc.Request(subject, nil, time.Second)
	if err != nil {
		return nil, err
	}
	nc.Close()
	return msg.Data, nil
}

// M89: closed.
func publish(url, subject string, data []byte) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	if err := nc.Publish(subject, data); err != nil {
		return err
	}
	return nc.Flush()
}

// M89: drained, which closes it; a subscription ends with it.
func listen(url, subject string, stop <-chan struct{}, fn nats.MsgHandler) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Drain()
	if _, err := nc.Subscribe(subject, fn); err != nil {
		return err
	}
	<-stop
	return nil
}
