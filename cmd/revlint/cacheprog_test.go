package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// cacheprog is a GOCACHEPROG, as "go help cacheprog" has it, over the folder that
// its argument names: a cache that several machines share.
func cacheprog() {
	if err := serveCache(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type cacheRequest struct {
	ID                 int64
	Command            string
	ActionID, OutputID []byte
	BodySize           int64
}

type cacheResponse struct {
	ID            int64
	KnownCommands []string `json:",omitempty"`
	Err           string   `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

func serveCache(dir string, in io.Reader, out io.Writer) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	requests, responses := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	if err := responses.Encode(cacheResponse{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var q cacheRequest
		if err := requests.Decode(&q); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		r := cacheResponse{ID: q.ID}
		var err error
		action := filepath.Join(dir, fmt.Sprintf("%x-a", q.ActionID))
		switch q.Command {
		case "put":
			var body []byte
			if q.BodySize > 0 {
				if err := requests.Decode(&body); err != nil {
					return err
				}
			}
			r.DiskPath = filepath.Join(dir, fmt.Sprintf("%x-d", q.OutputID))
			// Others may do the same at the same time: so whole files appear.
			err = errors.Join(putWhole(r.DiskPath, body), putWhole(action, q.OutputID))
		case "get":
			var output []byte
			if output, err = os.ReadFile(action); err == nil {
				r.OutputID, r.DiskPath = output, filepath.Join(dir, fmt.Sprintf("%x-d", output))
				var info fs.FileInfo
				if info, err = os.Stat(r.DiskPath); err == nil {
					r.Size = info.Size()
				}
			}
			if errors.Is(err, fs.ErrNotExist) {
				r, err = cacheResponse{ID: q.ID, Miss: true}, nil
			}
		}
		if err != nil {
			r.Err = err.Error()
		}
		if err := responses.Encode(r); err != nil {
			return err
		}
		if q.Command == "close" {
			return nil
		}
	}
}

func putWhole(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close(), os.Rename(f.Name(), name))
}
