package readers

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
)

// What stands behind a reader of the standard library is closed, and the reader goes on.

func badBehind(p string, x []byte, k int) {
	f, err := os.Open(p)
	if err != nil {
		return
	}
	r := bufio.NewReader(f)
	f.Close()
	switch k {
	case 0:
		r.ReadString('\n') // want revuse
	case 1:
		r.Read(x) // want revuse
	case 2:
		r.ReadByte() // want revuse
	case 3:
		r.Peek(3) // want revuse
	case 4:
		r.ReadLine() // want revuse
	case 5:
		r.ReadRune() // want revuse
	case 6:
		r.Discard(3) // want revuse
	case 7:
		r.ReadSlice(4) // want revuse
	case 8:
		r.ReadBytes(4) // want revuse
	}
}

func nextLine(r *bufio.Reader) string {
	s, _ := r.ReadString('\n')
	return s
}

func badBehindHelper(p string) string {
	f, err := os.Open(p)
	if err != nil {
		return ""
	}
	r := bufio.NewReader(f)
	f.Close()
	return nextLine(r) // want revuse
}

func badWrittenBehind(p string, b []byte, k int) {
	f, err := os.Create(p)
	if err != nil {
		return
	}
	w := bufio.NewWriter(f) // want revleak
	f.Close()
	switch k {
	case 0:
		w.WriteByte('x') // want revuse
	case 1:
		w.WriteRune('x') // want revuse
	case 2:
		w.Write(b) // want revuse
	}
}

// Nothing may be left to be written by then: that is not told apart.
func okWritten(p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer w.Flush()
	if _, err := w.WriteString("x"); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func okErr(p string) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		println(sc.Text())
	}
	f.Close()
	return sc.Err()
}

func okLoop(ps []string) (n int) {
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			continue
		}
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			n++
		}
		f.Close()
	}
	return n
}

func okReset(ps []string) (n int) {
	br := bufio.NewReader(nil)
	for _, p := range ps {
		f, err := os.Open(p)
		if err != nil {
			continue
		}
		br.Reset(f)
		if _, err := br.ReadString('\n'); err == nil {
			n++
		}
		f.Close()
	}
	return n
}

func okReset2(p, q string) string {
	f, err := os.Open(p)
	if err != nil {
		return ""
	}
	br := bufio.NewReader(f)
	s, _ := br.ReadString('\n')
	f.Close()
	g, err := os.Open(q)
	if err != nil {
		return ""
	}
	defer g.Close()
	br.Reset(g)
	t, _ := br.ReadString('\n')
	return s + t
}

var bufioReaders = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

func okPool(p string) string {
	f, err := os.Open(p)
	if err != nil {
		return ""
	}
	br := bufioReaders.Get().(*bufio.Reader)
	br.Reset(f)
	defer func() {
		br.Reset(nil)
		bufioReaders.Put(br)
	}()
	defer f.Close()
	s, _ := br.ReadString('\n')
	return s
}

func okContext(ctx context.Context, addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	go func() {
		<-ctx.Done()
		c.Close()
	}()
	sc := bufio.NewScanner(c)
	for sc.Scan() {
		println(sc.Text())
	}
	return sc.Err()
}

func okAfter(ctx context.Context, addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	br := bufio.NewReader(c)
	for {
		s, err := br.ReadString('\n')
		if err != nil {
			return err
		}
		println(s)
	}
}

func badWait(name string) error {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	sc := bufio.NewScanner(out)
	if err := cmd.Wait(); err != nil {
		return err
	}
	for sc.Scan() { // want revuse
		println(sc.Text())
	}
	return sc.Err()
}

type lineClient struct {
	c  net.Conn
	br *bufio.Reader
}

func (c *lineClient) Close() error          { return c.c.Close() }
func (c *lineClient) line() (string, error) { return c.br.ReadString('\n') }

func dialLines(addr string) (*lineClient, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &lineClient{c, bufio.NewReader(c)}, nil
}

func okClient(addr string) (string, error) {
	c, err := dialLines(addr)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.line()
}

func badClient(addr string) (string, error) {
	c, err := dialLines(addr)
	if err != nil {
		return "", err
	}
	c.Close()
	return c.line()
}

func okReconnect(addr string) (string, error) {
	c, err := dialLines(addr)
	if err != nil {
		return "", err
	}
	s, err := c.line()
	if err != nil {
		c.Close()
		c, err = dialLines(addr)
		if err != nil {
			return "", err
		}
		s, err = c.line()
	}
	c.Close()
	return s, err
}

func (c *lineClient) redial(addr string) error {
	c.c.Close()
	n, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	c.c = n
	c.br = bufio.NewReader(n)
	_, err = c.line()
	return err
}

func (c *lineClient) redialReset(addr string) error {
	c.c.Close()
	n, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	c.c = n
	c.br.Reset(n)
	_, err = c.line()
	return err
}

func badBody(u string) (string, error) {
	resp, err := http.Get(u)
	if err != nil {
		return "", err
	}
	br := bufio.NewReader(resp.Body)
	resp.Body.Close()
	return br.ReadString('\n') // want revuse
}

func okTee(p string, w io.Writer) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r := io.TeeReader(f, w)
	_, err = io.Copy(io.Discard, r)
	f.Close()
	return err
}

func okGot(p string) ([]byte, error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	br := bufio.NewReader(f)
	b, err := br.Peek(10)
	if err != nil {
		f.Close()
		return nil, err
	}
	c := append([]byte(nil), b...)
	f.Close()
	return c, nil
}

func okMaybe(p string, compressed bool) (string, error) {
	var r io.Reader = os.Stdin
	if p != "" {
		f, err := os.Open(p)
		if err != nil {
			return "", err
		}
		defer f.Close()
		r = f
	}
	br := bufio.NewReader(r)
	return br.ReadString('\n')
}

func okSeen(f *os.File) (bool, error) {
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if sc.Text() == "x" {
			f.Close()
			return true, nil
		}
	}
	return false, sc.Err()
}
