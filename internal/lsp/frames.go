package lsp

import (
	"errors"
	"io"

	"github.com/creachadair/jrpc2/channel"
)

// frames are the protocol's messages on two streams. They are read whatever
// their type is called: there is only one, but Vim has a name of its own for
// it.
func frames(in io.Reader, out io.WriteCloser) channel.Channel {
	return anyType{channel.StrictHeader("")(in, out)}
}

type anyType struct{ channel.Channel }

func (c anyType) Recv() ([]byte, error) {
	message, err := c.Channel.Recv()
	var other *channel.ContentTypeMismatchError
	if errors.As(err, &other) { // the message is there nevertheless
		err = nil
	}
	return message, err
}
