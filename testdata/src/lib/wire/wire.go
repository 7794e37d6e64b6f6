// Package wire sends and receives messages. Between them, its declarations
// have the contracts that the other libraries of the corpus have no use for.
package wire

import (
	"errors"
	"io"
	"strings"

	"github.com/revlint/revlint/testdata/src/lib/refc"
)

var ErrClosed = errors.New("wire: closed")

// A Pool has connections.
type Pool struct{ free []*Conn }

// Open returns a pool.
//
//revlint:acquire p
func Open() (p *Pool) { return &Pool{free: []*Conn{{}}} }

// Close ends the pool and its connections, and may be called again.
//
//revlint:release p idempotent
func (p *Pool) Close() { p.free = nil }

// Take returns a connection, for Put to give back.
//
//revlint:acquire c from p if err == nil
func (p *Pool) Take() (c *Conn, err error) {
	n := len(p.free)
	if n == 0 {
		return nil, ErrClosed
	}
	c = p.free[n-1]
	p.free = p.free[:n-1]
	return c, nil
}

// Put gives back what Take of the same pool returned.
//
//revlint:release c to p
func (p *Pool) Put(c *Conn) { p.free = append(p.free, c) }

// Scratch returns memory of the pool, which may be dropped.
//
//revlint:acquire b from p optional
func (p *Pool) Scratch(n int) (b []byte) { return make([]byte, n, n+len(p.free)) }

// Line returns one of many lines over a connection.
//
//revlint:acquire l from p
func (p *Pool) Line() (l *Line) { return &Line{p} }

// A Line is one.
type Line struct{ p *Pool }

// Hang ends the line. It may be called again, and after the pool has been closed.
//
//revlint:release l idempotent
func (l *Line) Hang() { l.p = nil }

// A Conn is a connection.
type Conn struct {
	fd     uintptr
	closed bool
	in     strings.Builder
}

// FD is the system's number of the connection.
//
//revlint:borrow fd from c
func (c *Conn) FD() (fd uintptr) { return c.fd }

// Peer is the other end's name. It lies in the memory of the connection.
//
//revlint:borrow name from c
func (c *Conn) Peer() (name string) { return c.in.String() }

// Send sends b.
func (c *Conn) Send(b []byte) error {
	if c.closed {
		return ErrClosed
	}
	_, err := c.in.Write(b)
	return err
}

// Hijack takes the socket out of the connection: the pool does not get it back.
//
//revlint:move c
//revlint:acquire s
func (c *Conn) Hijack() (s *Socket) { return &Socket{c.fd} }

// A Socket is what lies beneath a connection.
type Socket struct{ fd uintptr }

//revlint:release s
func (s *Socket) Close() error { return nil }

// A Reader reads lines and records. With Reuse, each record overwrites the one
// before it.
type Reader struct {
	Reuse  bool
	Strict bool

	src   io.Reader
	line  []byte
	rec   []string
	raw   bool
	limit int
}

// NewReader reads from src.
func NewReader(src io.Reader) *Reader { return &Reader{src: src} }

// ReadLine returns the next line, until the next read.
//
//revlint:borrow line from r until Read*
func (r *Reader) ReadLine() (line []byte) {
	r.read('\n')
	return r.line
}

// ReadUntil returns what comes before the first byte of stop, until the next read.
//
//revlint:borrow text from r until Read*
func (r *Reader) ReadUntil(stop []byte) (text []byte) {
	r.read(stop[0])
	return r.line
}

// Limit sets how much a read may return.
func (r *Reader) Limit(n int) { r.limit = n }

func (r *Reader) read(stop byte) {
	r.line = r.line[:0]
	var one [1]byte
	for r.limit == 0 || len(r.line) < r.limit {
		if _, err := r.src.Read(one[:]); err != nil || one[0] == stop {
			return
		}
		r.line = append(r.line, one[0])
	}
}

// Record returns the next record.
//
//revlint:borrow rec from r until Record when r.Reuse
func (r *Reader) Record() (rec []string) {
	r.read('\n')
	if !r.Reuse {
		r.rec = nil
	}
	r.rec = append(r.rec[:0], strings.Split(string(r.line), ",")...)
	return r.rec
}

// SetRaw makes Frame return memory of the reader.
func (r *Reader) SetRaw() { r.raw = true }

// Frame returns the next frame.
//
//revlint:borrow frame from r until Frame when r.SetRaw()
func (r *Reader) Frame() (frame []byte) {
	r.read(0)
	if r.raw {
		return r.line
	}
	return append([]byte(nil), r.line...)
}

// Chunk returns the next n bytes, in memory of the reader unless they are copied.
//
//revlint:borrow chunk from r until Chunk when !copied
func (r *Reader) Chunk(n int, copied bool) (chunk []byte) {
	r.line = r.line[:0]
	chunk = make([]byte, n)
	r.src.Read(chunk)
	if copied {
		return chunk
	}
	r.line = append(r.line, chunk...)
	return r.line
}

// A Token is a Text or a Mark.
type Token any

// A Text lies in memory of its Decoder, a Mark does not.
type (
	Text []byte
	Mark struct{ Name string }
)

// A Decoder splits its input into tokens.
type Decoder struct{ r *Reader }

// Token returns the next token.
//
//revlint:borrow t.(Text) from d until Token
func (d *Decoder) Token() (t Token) {
	if b := d.r.ReadLine(); len(b) > 0 && b[0] != '<' {
		return Text(b)
	}
	return Mark{string(d.r.line)}
}

// Scan reads a row into what dest points to. Raw is memory of the decoder.
//
//revlint:borrow *dest.(*Raw) from d until Scan
func (d *Decoder) Scan(dest any) {
	switch dest := dest.(type) {
	case *Raw:
		*dest = d.r.ReadLine()
	case *string:
		*dest = string(d.r.ReadLine())
	}
}

// Raw is memory of whoever wrote it.
type Raw []byte

// Fill fills row, whose memory is valid until the next Fill.
//
//revlint:borrow row.Cells from d until Fill
func (d *Decoder) Fill(row *Row) { row.Cells = d.r.ReadLine() }

// A Row has cells.
type Row struct {
	Number int
	Cells  []byte
}

// A Parser parses; what it returns is overwritten by the next Parse.
type Parser struct{ root Value }

// A Value is a tree of values.
type Value struct {
	text string
	kids []*Value
	Next *Value
}

// Parse parses text.
//
//revlint:borrow v from p until Parse deep if err == nil
func (p *Parser) Parse(text string) (v *Value, err error) {
	if text == "" {
		return nil, io.EOF
	}
	p.root = Value{text: text}
	return &p.root, nil
}

// Root is as the result of Parse, but for what it points to.
//
//revlint:borrow v from p until Parse
func (p *Parser) Root() (v *Value) { return &p.root }

// Kid returns a part of the value.
func (v *Value) Kid(i int) *Value { return v.kids[i] }

// Text returns the text of the value.
func (v *Value) Text() string { return v.text }

// Clone returns a tree of its own.
//
//revlint:scoped v
func (v *Value) Clone() *Value {
	c := &Value{text: strings.Clone(v.text)}
	for _, k := range v.kids {
		c.kids = append(c.kids, k.Clone())
	}
	return c
}

// A Module is a guest: its memory moves when it grows, which any of its functions may make it do.
type Module struct{ mem []byte }

//revlint:borrow mem from m
func (m *Module) Memory() (mem *Memory) { return &Memory{m} }

//revlint:borrow fn from m
func (m *Module) Func(name string) (fn *Func) { return &Func{m, name} }

// A Memory is that of a module.
type Memory struct{ m *Module }

// Read returns a view of the memory.
//
//revlint:borrow view from mem until Grow, Func.Call, Host.Visit
func (mem *Memory) Read(from, to int) (view []byte) { return mem.m.mem[from:to] }

// Grow moves the memory.
func (mem *Memory) Grow(n int) { mem.m.mem = append(mem.m.mem, make([]byte, n)...) }

// Size is that of the memory.
func (mem *Memory) Size() int { return len(mem.m.mem) }

// A Func is a function of a module.
type Func struct {
	m    *Module
	name string
}

// Call calls the function.
func (f *Func) Call(args ...int) int { return len(f.m.mem) + len(args) + len(f.name) }

// A Host has functions for guests.
type Host struct{ visits int }

// Visit may make the memory grow.
func (h *Host) Visit(mem *Memory) { h.visits++ }

// A Node is a piece of a chain.
type Node struct{ Next *Node }

//revlint:acquire n
func NewNode() (n *Node) { return &Node{Next: &Node{}} }

// First is the first of the chain, whose owner frees it.
//
//revlint:borrow first from n
func (n *Node) First() (first *Node) { return n }

//revlint:release n
func (n *Node) Free() { n.Next = nil }

// Box takes over the memory of data, which its Release gives back.
//
//revlint:move data
//revlint:acquire b
func Box(data []byte) (b *refc.Buf) { return refc.New(data) }

// Own is as Box, but for what it says of data.
//
//revlint:acquire b
func Own(data []byte) (b *refc.Buf) { return refc.New(append([]byte(nil), data...)) }

// Weak points to a message that may have gone.
type Weak struct{ m *Msg }

// Get returns the message, or nil.
//
//revlint:maynil m
func (w Weak) Get() (m *Msg) { return w.m }

// Fail ends the program.
//
//revlint:noreturn
func Fail(why string) { panic(why) }
