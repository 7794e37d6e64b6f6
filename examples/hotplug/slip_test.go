//go:build unix

package main

import (
	"bytes"
	"errors"
	"testing"
)

// decodeAll cuts in, fed in pieces of a size, into frames and the errors of lost ones.
func decodeAll(d *decoder, in []byte, size int) (frames [][]byte, errs []error) {
	for len(in) > 0 {
		piece := in[:min(size, len(in))]
		in = in[len(piece):]
		for piece != nil {
			var frame []byte
			var err error
			if frame, piece, err = d.decode(piece); frame != nil {
				frames = append(frames, frame)
			} else if err != nil {
				errs = append(errs, err)
			}
		}
	}
	return frames, errs
}

func TestEncode(t *testing.T) {
	for _, c := range []struct{ frame, coded string }{
		{"", "\xc0\xc0"},
		{"plain", "\xc0plain\xc0"},
		{"a\xc0b", "\xc0a\xdb\xdcb\xc0"},
		{"a\xdbb", "\xc0a\xdb\xddb\xc0"},
		{"\xdc\xdd", "\xc0\xdc\xdd\xc0"},
	} {
		if got := encode([]byte(c.frame)); string(got) != c.coded {
			t.Errorf("encode(%q) = %q, want %q", c.frame, got, c.coded)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, in string
		frames   []string
		lost     []error
		pending  int
	}{
		{name: "frames that share an end", in: "\xc0one\xc0two\xc0", frames: []string{"one", "two"}},
		{name: "no end at the beginning", in: "one\xc0", frames: []string{"one"}},
		{name: "empty frames", in: "\xc0\xc0\xc0one\xc0\xc0", frames: []string{"one"}},
		{name: "escapes", in: "\xdb\xdc\xdb\xdd\xdb\xdcx\xc0", frames: []string{"\xc0\xdb\xc0x"}},
		{name: "escaped bytes without an escape", in: "\xdc\xdd\xc0", frames: []string{"\xdc\xdd"}},
		{name: "no end", in: "one\xc0tw", frames: []string{"one"}, pending: 2},
		{name: "wrong escape", in: "on\xdbe\xc0two\xc0", frames: []string{"two"}, lost: []error{errEscape}},
		{name: "escape before the end", in: "one\xdb\xc0two\xc0", frames: []string{"two"}, lost: []error{errEscape}},
		{name: "escape alone", in: "\xc0\xdb\xc0two\xc0", frames: []string{"two"}, lost: []error{errEscape}},
		{name: "the first mistake counts", in: "\xdb!\xdb\xc0", lost: []error{errEscape}},
	} {
		for size := 1; size <= len(c.in); size++ {
			d := new(decoder)
			frames, errs := decodeAll(d, []byte(c.in), size)
			if len(frames) != len(c.frames) {
				t.Fatalf("%s, in pieces of %d: frames %q, want %q", c.name, size, frames, c.frames)
			}
			for i := range frames {
				if string(frames[i]) != c.frames[i] {
					t.Errorf("%s, in pieces of %d: frame %q, want %q", c.name, size, frames[i], c.frames[i])
				}
			}
			if len(errs) != len(c.lost) {
				t.Fatalf("%s, in pieces of %d: errors %v, want %v", c.name, size, errs, c.lost)
			}
			for i := range errs {
				var lost *lostFrame
				if !errors.As(errs[i], &lost) || !errors.Is(errs[i], c.lost[i]) {
					t.Errorf("%s, in pieces of %d: error %v, want a lost frame: %v", c.name, size, errs[i], c.lost[i])
				}
			}
			if d.pending() != c.pending {
				t.Errorf("%s, in pieces of %d: %d bytes pending, want %d", c.name, size, d.pending(), c.pending)
			}
		}
	}
}

func TestLongestFrame(t *testing.T) {
	longest := bytes.Repeat([]byte{escape}, maxFrame)
	d := new(decoder)
	frames, errs := decodeAll(d, encode(longest), 100)
	if len(frames) != 1 || !bytes.Equal(frames[0], longest) || errs != nil {
		t.Errorf("a frame of %d bytes: %d frames, errors %v", len(longest), len(frames), errs)
	}
	frames, errs = decodeAll(d, append(encode(append(longest, 'x')), encode([]byte("next"))...), 100)
	if len(frames) != 1 || string(frames[0]) != "next" {
		t.Errorf("frames %q, want the one after the long one", frames)
	}
	if len(errs) != 1 || !errors.Is(errs[0], errLong) {
		t.Errorf("errors %v, want %v", errs, errLong)
	}
}

// TestFramesAreApart checks that a frame is the caller's own.
func TestFramesAreApart(t *testing.T) {
	d := new(decoder)
	frames, _ := decodeAll(d, []byte("one\xc0two\xc0"), 100)
	if string(frames[0]) != "one" || string(frames[1]) != "two" {
		t.Errorf("frames %q", frames)
	}
}

// FuzzRoundTrip checks that what was encoded is decoded whatever came before it on the
// line, and however it is cut into pieces.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte("noise"), []byte("a frame"), 3)
	f.Add([]byte{escape}, []byte{end, escape, escapedEnd, escapedEscape}, 1)
	f.Add([]byte{end, escape, 'x'}, bytes.Repeat([]byte{end}, maxFrame), 256)
	f.Fuzz(func(t *testing.T, noise, frame []byte, size int) {
		if len(frame) == 0 || len(frame) > maxFrame {
			return
		}
		d := new(decoder)
		in := append(bytes.Clone(noise), encode(frame)...)
		frames, _ := decodeAll(d, in, max(1, size))
		if len(frames) == 0 || !bytes.Equal(frames[len(frames)-1], frame) {
			t.Fatalf("%q is decoded to %q, want %q last", in, frames, frame)
		}
		if d.pending() != 0 || d.escaped || d.broken != nil {
			t.Errorf("the decoder is not between frames: %+v", d)
		}
	})
}
