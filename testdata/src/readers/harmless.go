package readers

import "bytes"

// A decoder that keeps its input while it decodes: only Write, and what it calls, looks
// at the field, and Write puts something new there first. So what is left there is seen
// by nobody.
type decoder struct {
	buf   []byte
	saved bytes.Buffer
	n     int
}

func (d *decoder) Write(p []byte) (int, error) {
	if d.saved.Len() == 0 {
		d.buf = p
	} else {
		d.saved.Write(p)
		d.buf = d.saved.Bytes()
		d.saved.Reset()
	}
	for len(d.buf) > 0 {
		if !d.field() {
			d.saved.Write(d.buf)
			break
		}
	}
	return len(p), nil
}

func (d *decoder) field() bool {
	n := int(d.buf[0])
	if n >= len(d.buf) {
		return false
	}
	d.n, d.buf = d.n+1, d.buf[n+1:]
	return true
}

// A recorder hands out what it kept.
type recorder struct{ last []byte }

func (r *recorder) Write(p []byte) (int, error) {
	r.last = p // want revescape
	return len(p), nil
}

func (r *recorder) Last() []byte { return r.last }
