// Package ebpf has the examples for github.com/cilium/ebpf.
package ebpf

import (
	"bytes"
	"errors"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/ringbuf"
)

// M50: the map is closed with its collection.
func lookup(spec *ebpf.CollectionSpec) (*ebpf.Map, error) {
	coll, err := ebpf.NewCollection(spec)
	if err != nil {
		return nil, err
	}
	defer coll.Close()
	return coll.Maps["m"], nil // want revescape
}

// M50: not closed where the map is not there.
func missing(spec *ebpf.CollectionSpec) (bool, error) {
	coll, err := ebpf.NewCollection(spec) // want revleak
	if err != nil {
		return false, err
	}
	if coll.Maps["m"] == nil {
		return false, nil
	}
	coll.Close()
	return true, nil
}

// M50: not closed where the program is not there.
func attach(spec *ebpf.CollectionSpec, opts ebpf.CollectionOptions, to func(*ebpf.Program) error) error {
	coll, err := ebpf.NewCollectionWithOptions(spec, opts) // want revleak
	if err != nil {
		return err
	}
	p, ok := coll.Programs["p"]
	if !ok {
		return errors.New("no program")
	}
	defer coll.Close()
	return to(p)
}

// M50: a map that is detached is the caller's.
func detached(spec *ebpf.CollectionSpec) (*ebpf.Map, error) {
	coll, err := ebpf.NewCollection(spec)
	if err != nil {
		return nil, err
	}
	defer coll.Close()
	return coll.DetachMap("m"), nil
}

// M51: one record's sample, again and again.
func samples(r *ringbuf.Reader) (all [][]byte, err error) {
	var rec ringbuf.Record
	for {
		err := r.ReadInto(&rec)
		if errors.Is(err, ringbuf.ErrClosed) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, rec.RawSample) // want revescape
	}
}

// M51: copies; Read makes a record of its own.
func copies(r *ringbuf.Reader) (all [][]byte, err error) {
	var rec ringbuf.Record
	for {
		if err := r.ReadInto(&rec); err != nil {
			return all, err
		}
		own, err := r.Read()
		if err != nil {
			return all, err
		}
		all = append(all, bytes.Clone(rec.RawSample), own.RawSample)
	}
}
