package deferinloop

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
)

// What is brief by its contract, a file, a response, rows, is not to wait for the end of the function, round after round. Where
// something has it still when the next round begins, it may be needed until then.

func badRange(names []string) (n int64, err error) {
	for _, name := range names {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return 0, err
		}
		defer f.Close()
		m, err := io.Copy(io.Discard, f)
		if err != nil {
			return 0, err
		}
		n += m
	}
	return n, nil
}

func badClosure(names []string) error {
	for _, name := range names {
		f, err := os.Create(name) // want revleak
		if err != nil {
			return err
		}
		defer func() {
			if err := f.Close(); err != nil {
				fmt.Println(err)
			}
		}()
		fmt.Fprintln(f, name)
	}
	return nil
}

func badEndless(in io.Reader) error {
	b := bufio.NewReader(in)
	for {
		line, err := b.ReadString('\n')
		if err != nil {
			return err
		}
		f, err := os.Open(strings.TrimSpace(line)) // want revleak
		if err != nil {
			continue
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		for s.Scan() {
			fmt.Println(s.Text())
		}
	}
}

func badContinue(names []string) error {
	for _, name := range names {
		f, err := os.Open(name) // want revleak
		if err != nil {
			continue
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil || info.IsDir() {
			continue
		}
		io.Copy(os.Stdout, f)
	}
	return nil
}

func badPtr(names []string) error {
	for _, name := range names {
		f, err := os.Open(name) // want revleak
		if err != nil {
			return err
		}
		defer closeIt(f)
		io.Copy(os.Stdout, f)
	}
	return nil
}

func closeIt(c io.Closer) {
	if err := c.Close(); err != nil {
		fmt.Println(err)
	}
}

func badHelper(names []string) error {
	for _, name := range names {
		f, err := open(name) // want revleak
		if err != nil {
			return err
		}
		defer f.Close()
		io.Copy(os.Stdout, f)
	}
	return nil
}

func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return f, nil
}

func badSeveral(pairs map[string]string) error {
	for from, to := range pairs {
		src, err := os.Open(from) // want revleak
		if err != nil {
			return err
		}
		defer src.Close()
		dst, err := os.Create(to) // want revleak
		if err != nil {
			return err
		}
		defer dst.Close()
		if _, err := io.Copy(dst, src); err != nil {
			return err
		}
	}
	return nil
}

func okRetry(name string) ([]byte, error) {
	for {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(f)
	}
}

func okFirst(names []string) *bufio.Scanner {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Scan()
		fmt.Println(s.Text())
		break
	}
	return nil
}

func okAll(names []string) error {
	var rs []io.Reader
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		rs = append(rs, f)
	}
	_, err := io.Copy(os.Stdout, io.MultiReader(rs...))
	return err
}

func okScanners(names []string) error {
	var ss []*bufio.Scanner
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		ss = append(ss, bufio.NewScanner(f))
	}
	for _, s := range ss {
		for s.Scan() {
			fmt.Println(s.Text())
		}
	}
	return nil
}

func okMap(names []string) error {
	m := map[string]*os.File{}
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		m[n] = f
	}
	for n, f := range m {
		fmt.Fprintln(f, n)
	}
	return nil
}

func okChain(names []string) error {
	var r io.Reader = strings.NewReader("")
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		r = io.MultiReader(r, f)
	}
	_, err := io.Copy(os.Stdout, r)
	return err
}

func okPrev(names []string) error {
	var prev *os.File
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		if prev != nil {
			io.Copy(f, prev)
		}
		prev = f
	}
	return nil
}

func okGo(names []string) error {
	var wg sync.WaitGroup
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		wg.Add(1)
		go func() {
			defer wg.Done()
			io.Copy(io.Discard, f)
		}()
	}
	wg.Wait()
	return nil
}

func okLiteral(names []string) error {
	for _, n := range names {
		if err := func() error {
			f, err := os.Open(n)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.Copy(io.Discard, f)
			return err
		}(); err != nil {
			return err
		}
	}
	return nil
}

func okBoth(names []string) error {
	for _, n := range names {
		f, err := os.Create(n)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.WriteString("x"); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func okFlock(names []string) error {
	for _, n := range names {
		f, err := os.OpenFile(n, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
			return err
		}
	}
	return work()
}

// Files that are locked are held on purpose.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX) }

func okFlock2(names []string) error {
	for _, n := range names {
		f, err := os.OpenFile(n, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := lock(f); err != nil {
			return err
		}
	}
	return work()
}

func work() error { return nil }

type set struct {
	fs []*os.File
	rs []io.Reader
}

func (s *set) add(f *os.File) { s.fs = append(s.fs, f) }

func okMethod(names []string) error {
	var s set
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		s.add(f)
	}
	return use(&s)
}

func (s *set) wrap(f *os.File) { s.rs = append(s.rs, bufio.NewReader(f)) }

func okMethodWrap(names []string) error {
	var s set
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		s.wrap(f)
	}
	return use(&s)
}

func use(s *set) error { _, err := io.Copy(io.Discard, s.rs[0]); return err }

func okConst() error {
	for i := 0; i < 10; i++ {
		f, err := os.Open(fmt.Sprint(i))
		if err != nil {
			return err
		}
		defer f.Close()
		io.Copy(io.Discard, f)
	}
	return nil
}

func okFour() error {
	for _, n := range []string{"a", "b", "c"} {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		io.Copy(io.Discard, f)
	}
	return nil
}

func badStdout() error {
	for _, n := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		os.Stdout = f // want revescape
	}
	return nil
}

var fallback io.Reader

func badGlobal(names []string) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		fallback = f // want revescape
	}
	return work()
}

func okCallback(names []string, reg func(io.Reader)) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		reg(f)
	}
	return work()
}

func okCallbackFn(names []string, reg func(func() io.Reader)) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		reg(func() io.Reader { return f })
	}
	return work()
}

type iface interface{ Add(io.Reader) }

func okIface(names []string, i iface) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		i.Add(f)
	}
	return work()
}

// What is tried a few times is soon over.
func okAttempts(name string, attempts int) (data []byte, err error) {
	for n := 0; n < attempts; n++ {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if data, err = io.ReadAll(f); err == nil {
			break
		}
	}
	return data, err
}

func badByIndex(names []string) error {
	for i := 0; i < len(names); i++ {
		f, err := os.Open(names[i]) // want revleak
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := io.Copy(io.Discard, f); err != nil {
			return err
		}
	}
	return nil
}
