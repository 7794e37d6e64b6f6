// Package fasthttp has the examples for github.com/valyala/fasthttp.
package fasthttp

import (
	"bytes"
	"time"

	"github.com/valyala/fasthttp"
)

// M13: the context is another request's when the goroutine runs.
func background(ctx *fasthttp.RequestCtx) {
	go func() { // want revescape
		ctx.Logger().Printf("late")
	}()
}

// M13: after TimeoutError the context is the goroutine's.
func timed(ctx *fasthttp.RequestCtx) {
	done := make(chan struct{})
	go func() {
		ctx.WriteString("slow")
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		ctx.TimeoutError("too slow")
	}
}

type log struct{ paths [][]byte }

// M14: the path is part of the context.
func (l *log) add(ctx *fasthttp.RequestCtx) {
	l.paths = append(l.paths, ctx.Path()) // want revescape
}

// M14: a copy is not.
func (l *log) addCopy(ctx *fasthttp.RequestCtx) {
	l.paths = append(l.paths, bytes.Clone(ctx.Path()), []byte(string(ctx.Method())))
}

// M14: a header of the request.
func (l *log) addAgent(ctx *fasthttp.RequestCtx) {
	l.paths = append(l.paths, ctx.Request.Header.Peek("User-Agent")) // want revescape
}

func (l *log) String() string { return string(bytes.Join(l.paths, nil)) }

func register(use func(fasthttp.RequestHandler), l *log) {
	use(background)
	use(timed)
	use(l.add)
	use(l.addCopy)
	use(l.addAgent)
}

// M15: the body belongs to the response, which is given back.
func body(url string) ([]byte, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp)
	req.SetRequestURI(url)
	if err := fasthttp.Do(req, resp); err != nil {
		return nil, err
	}
	return resp.Body(), nil // want revescape
}

// M15: given back twice.
func status(url string) (int, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(resp) // want revrelease
	req.SetRequestURI(url)
	if err := fasthttp.Do(req, resp); err != nil {
		fasthttp.ReleaseResponse(resp)
		return 0, err
	}
	return resp.StatusCode(), nil
}

// M15: a copy of the body; what is not given back is collected.
func bodyCopy(url string) ([]byte, error) {
	req, resp := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	req.SetRequestURI(url)
	if err := fasthttp.Do(req, resp); err != nil {
		return nil, err
	}
	b := bytes.Clone(resp.Body())
	fasthttp.ReleaseResponse(resp)
	return b, nil
}
