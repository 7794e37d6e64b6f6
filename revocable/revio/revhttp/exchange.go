package revhttp

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio/internal/op"
)

// An exchange is a request and its response.
//
// Its sleepers are woken by deadlines in the past. They are set only for operations that run, because they spoil the
// connection for what comes after: for the writes that the server makes when the handler has returned, above all.
type exchange struct {
	object
	control *http.ResponseController // of the server's writer
	cancel  context.CancelCauseFunc
	fragile bool // a wake of a write cannot be undone

	began    atomic.Bool // the response
	hijacked atomic.Bool // the connection was taken over
	cut      atomic.Bool // something of the response is lost

	mu            sync.Mutex
	over          bool        // the handler has returned, and the connection may have another request
	reads, writes int         // that run
	closes        int         // of the body, that run
	unread        bool        // the body, or a part of it
	deadline      time.Time   // of writes, except for wakes
	delayed       *time.Timer // until what is running is woken at the price of the connection; nil if it is not due
	wokenRead     bool
	wokenWrite    bool // and not undone
}

// patience is how long an operation has to end by itself before it is woken in a way that breaks the connection.
const patience = time.Second

// past is a deadline that wakes at once.
var past = time.Unix(1, 0)

func newExchange(core *op.Core, w http.ResponseWriter, r *http.Request, cancel context.CancelCauseFunc) *exchange {
	x := &exchange{
		object:  object{core},
		control: http.NewResponseController(w),
		cancel:  cancel,
		fragile: r.ProtoMajor >= 2,
		unread:  hasBody(r),
	}
	if s, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok && s.WriteTimeout > 0 {
		x.deadline = time.Now().Add(s.WriteTimeout)
	}
	return x
}

func (x *exchange) taken() bool { return x.began.Load() || x.hijacked.Load() }

// broken reports whether the connection must not have another request: something of the response is lost, or the rest of
// the request may still be on it, and would be taken for the next one.
func (x *exchange) broken() bool {
	return x.cut.Load() || x.began.Load() && !x.fragile && x.readWoken() && !x.hijacked.Load()
}

// Wake wakes reads and writes that run. Later ones find out by themselves: they look under the lock that Wake takes.
func (x *exchange) Wake() {
	x.cancel(revocable.ErrRevoked)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.wakeReadLocked()
	x.wakeWriteLocked()
	x.hurryLocked()
}

// end has nothing woken any more.
func (x *exchange) end() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.over = true
}

func (x *exchange) wakeReadLocked() {
	if x.reads > 0 {
		x.breakReadLocked()
	}
}

func (x *exchange) breakReadLocked() {
	if !x.over {
		x.wokenRead = true
		_ = x.control.SetReadDeadline(past)
	}
}

func (x *exchange) wakeWriteLocked() {
	if x.writes > 0 && !x.fragile {
		x.breakWriteLocked()
	}
}

// hurryLocked wakes, after a while, what cannot be woken without a price. Over HTTP/2 that is a write. Over HTTP/1 it is what may
// be asleep in reading: a server reads the rest of a body when that is closed, and before it answers.
func (x *exchange) hurryLocked() {
	if x.delayed != nil || !x.slowLocked() {
		return
	}
	x.delayed = time.AfterFunc(patience, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		switch {
		case !x.slowLocked():
		case x.fragile:
			x.breakWriteLocked()
		default:
			x.breakReadLocked()
		}
	})
}

// slowLocked reports whether something runs that hurryLocked is for.
func (x *exchange) slowLocked() bool {
	if x.fragile {
		return x.writes > 0
	}
	return x.unread && x.writes+x.closes > 0
}

// calmLocked undoes hurryLocked when there is nothing of that kind any more.
func (x *exchange) calmLocked() {
	if x.delayed != nil && !x.slowLocked() {
		x.delayed.Stop()
		x.delayed = nil
	}
}

func (x *exchange) breakWriteLocked() {
	x.wokenWrite = true
	_ = x.control.SetWriteDeadline(past)
}

func (x *exchange) readWoken() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.wokenRead
}

func (x *exchange) beginRead() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.core.Alive() {
		return false
	}
	x.reads++
	return true
}

func (x *exchange) endRead(last bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reads--
	if last {
		x.unread = false
	}
}

func (x *exchange) beginClose() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closes++
	if !x.core.Alive() {
		x.hurryLocked()
	}
}

func (x *exchange) endClose() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.closes--
	x.unread = false
	x.calmLocked()
}

// write is a write to the response.
func (x *exchange) write(fn func() error) error { return x.writing(true, fn) }

// writing is a write, of what is the response or comes before it.
func (x *exchange) writing(response bool, fn func() error) (err error) {
	if !x.beginWrite(response) {
		if response && x.began.Load() {
			x.cut.Store(true)
		}
		return x.refuse("write")
	}
	defer func() { err = x.endWrite(err) }()
	return x.result("write", fn())
}

func (x *exchange) beginWrite(response bool) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.core.Alive() {
		return false
	}
	x.writes++
	if response {
		x.began.Store(true)
	}
	return true
}

// endWrite undoes the wake of a write, because the server has yet to send what it took. Where that cannot be, what it took is lost.
func (x *exchange) endWrite(err error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.writes--
	x.calmLocked()
	switch {
	case !x.wokenWrite:
	case x.fragile && err == nil:
		err = x.refuse("write")
	case !x.fragile && x.writes == 0:
		x.wokenWrite = false
		_ = x.control.SetWriteDeadline(x.deadline)
	}
	if err != nil && !x.core.Alive() {
		x.cut.Store(true)
	}
	return err
}

func (x *exchange) setReadDeadline(t time.Time) error {
	return x.setDeadline(func() error {
		err := x.control.SetReadDeadline(t)
		if !x.core.Alive() { // the second look: see revio
			x.wakeReadLocked()
		}
		return err
	})
}

func (x *exchange) setWriteDeadline(t time.Time) error {
	return x.setDeadline(func() error {
		err := x.control.SetWriteDeadline(t)
		if err == nil {
			x.deadline = t
		}
		if !x.core.Alive() {
			x.wakeWriteLocked()
		}
		return err
	})
}

// setDeadline is an operation that sets one, under the lock.
func (x *exchange) setDeadline(set func() error) error {
	a, ok := x.core.Enter()
	if !ok {
		return x.refuse("set deadline")
	}
	defer a.Leave()
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.result("set deadline", set())
}
