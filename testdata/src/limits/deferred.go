package limits

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

type environment struct{ known map[string]*string }

func (e *environment) log(s string, args ...any) { println(s, len(args)) }

func variables(f *os.File) (map[string]string, error) {
	var b [1]byte
	_, err := f.Read(b[:])
	return map[string]string{"a": "b"}, err
}

// A release is deferred in each round of a loop in which another goes round by round over a map that is known
// element by element. Beyond the limit of paths, what was deferred in an earlier round is forgotten.
func okDeferredInRounds(e *environment, names []string) {
	now := map[string]string{}
	for _, n := range names {
		f, err := os.Open(n) // want revleak
		if err != nil {
			if os.IsNotExist(err) {
				e.log("none %q", n)
			} else {
				e.log("failed %q: %v", n, err)
			}
			continue
		}
		defer f.Close()
		vars, err := variables(f)
		if err != nil {
			e.log("parse %q: %v", n, err)
			return
		}
		for k, v := range vars {
			if v, tracked := e.known[k]; !tracked {
				was, exists := os.LookupEnv(k)
				if exists {
					e.known[k] = &was
					continue
				}
				e.known[k] = nil
			} else if tracked && v != nil {
				e.log("key %q", k)
				continue
			}
			if err := os.Setenv(k, v); err != nil {
				e.log("set %q: %v", k, err)
			}
			now[k] = v
		}
	}
}

// What a context has answered once, it answers again.
func okAskedTwice(ctx context.Context, req *http.Request) (int, error) {
	resp, err := http.DefaultClient.Do(req)
	for err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
			break
		}
		resp, err = http.DefaultClient.Do(req)
	}
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close() // want revnil
	return resp.StatusCode, nil
}

// What is deferred asks the error again, which stands in one variable and is one of two.
func okAskedAgain(name string, write func(f *os.File) error) (io.Reader, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	if err = write(file); err != nil {
		return nil, fmt.Errorf("writing: %w", err)
	}
	n, err := file.Seek(0, io.SeekStart)
	if n != 0 {
		err = errors.Join(err, errors.New("position"))
	}
	if err != nil {
		return nil, fmt.Errorf("reopening: %w", err)
	}
	return file, nil // want revescape
}
