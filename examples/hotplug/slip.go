//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
)

// The special bytes of SLIP, as in RFC 1055.
const (
	end           = 0xC0 // between frames
	escape        = 0xDB // before escapedEnd or escapedEscape
	escapedEnd    = 0xDC // after escape: an end that is data
	escapedEscape = 0xDD // after escape: an escape that is data
)

// maxFrame is the longest frame that is accepted, in bytes: the datagram of 1006 bytes
// that RFC 1055 tells everybody to be ready for.
const maxFrame = 1006

var (
	errEscape = errors.New("wrong byte after an escape")
	errLong   = fmt.Errorf("longer than %d bytes", maxFrame)
)

// A lostFrame error tells of one frame that came and could not be decoded. The next one is
// not affected.
type lostFrame struct {
	size  int // the bytes that were decoded
	cause error
}

func (l *lostFrame) Error() string {
	return fmt.Sprintf("a frame is lost, after %d bytes: %v", l.size, l.cause)
}

func (l *lostFrame) Unwrap() error { return l.cause }

// encode returns the frame as it is sent. It begins with an end as well as it ends with
// one, so that noise on an idle line becomes a frame of its own and does not spoil this one.
func encode(frame []byte) []byte {
	coded := make([]byte, 0, len(frame)+2)
	coded = append(coded, end)
	for _, b := range frame {
		switch b {
		case end:
			coded = append(coded, escape, escapedEnd)
		case escape:
			coded = append(coded, escape, escapedEscape)
		default:
			coded = append(coded, b)
		}
	}
	return append(coded, end)
}

// A decoder cuts the bytes that come in into frames. The zero decoder is between frames.
type decoder struct {
	frame   []byte // what has come of the present frame
	escaped bool   // the last byte was an escape
	broken  error  // why the present frame is passed over, up to its end
}

// decode takes the bytes of in up to the end of a frame. It returns that frame, which is
// nil if the end has not come, and the bytes that follow it. Empty frames are passed over.
//
// An error is a lostFrame, and decode goes on with rest as ever. RFC 1055 would rather take
// a wrong escape for data, but as SLIP has no checksum, a frame that is lost is better than
// a wrong one.
func (d *decoder) decode(in []byte) (frame, rest []byte, err error) {
	for i, b := range in {
		if b != end {
			d.take(b)
			continue
		}
		frame, err = d.finish()
		if frame != nil || err != nil {
			return frame, in[i+1:], err
		}
	}
	return nil, nil, nil
}

// take adds one byte, which is no end, to the frame.
func (d *decoder) take(b byte) {
	switch {
	case d.broken != nil:
		return
	case !d.escaped && b == escape:
		d.escaped = true
		return
	case d.escaped && b == escapedEnd:
		b = end
	case d.escaped && b == escapedEscape:
		b = escape
	case d.escaped:
		d.broken = errEscape
		return
	}
	d.escaped = false
	if len(d.frame) == maxFrame {
		d.broken = errLong
		return
	}
	d.frame = append(d.frame, b)
}

// finish ends the frame, and begins the next.
func (d *decoder) finish() ([]byte, error) {
	if d.escaped && d.broken == nil {
		d.broken = errEscape
	}
	frame, err := bytes.Clone(d.frame), d.broken
	*d = decoder{frame: d.frame[:0]}
	switch {
	case err != nil:
		return nil, &lostFrame{size: len(frame), cause: err}
	case len(frame) == 0:
		return nil, nil
	}
	return frame, nil
}

// pending returns how many bytes have come of a frame whose end has not.
func (d *decoder) pending() int {
	return len(d.frame)
}
