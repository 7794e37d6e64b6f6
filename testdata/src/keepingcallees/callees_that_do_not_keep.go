// Package keepingcallees hands what it borrowed to the standard library, which keeps it or does not.
package keepingcallees

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/revlint/revlint/testdata/src/lib/kv"
	"github.com/revlint/revlint/testdata/src/lib/sensor"
)

func okPrinted(w io.Writer, h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	_, err := fmt.Fprintf(w, "%d %s %v\n", s.ID, s.Name, s.History)
	return err
}

func okSprinted(h sensor.Handle) string {
	s, g := h.TryAccess()
	if s == nil {
		return ""
	}
	defer g.Release()
	return fmt.Sprint(s.History)
}

func okWrappedInError(db *kv.DB, key string) error {
	v, closer, err := db.Get(key)
	if err != nil {
		return err
	}
	defer closer.Close()
	if len(v) < 8 {
		return fmt.Errorf("value %q of %s is too short", string(v), key)
	}
	return nil
}

func okMarshalled(h sensor.Handle) ([]byte, error) {
	s, g := h.TryAccess()
	if s == nil {
		return nil, sensor.ErrGone
	}
	defer g.Release()
	return json.Marshal(s.History)
}

func okUnmarshalled(db *kv.DB, key string) (c struct{ Name string }, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return c, err
	}
	defer closer.Close()
	err = json.Unmarshal(v, &c)
	return c, err
}

func okWritten(w io.Writer, db *kv.DB, key string) error {
	v, closer, err := db.Get(key)
	if err != nil {
		return err
	}
	defer closer.Close()
	if _, err := w.Write(v); err != nil {
		return err
	}
	_, err = io.Copy(w, bytes.NewReader(v))
	return err
}

func okReadInto(r io.Reader, h sensor.Handle) error {
	s, g := h.TryAccess()
	if s == nil {
		return sensor.ErrGone
	}
	defer g.Release()
	return binary.Read(r, binary.LittleEndian, s.History)
}

func okCompared(db *kv.DB, key string, with []byte) (bool, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return false, err
	}
	defer closer.Close()
	return bytes.Equal(v, with) || bytes.HasPrefix(v, with) || bytes.Contains(v, with), nil
}

func okParsed(db *kv.DB, key string) (n int, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return 0, err
	}
	defer closer.Close()
	return strconv.Atoi(strings.TrimSpace(string(v)))
}

func okDecoded(db *kv.DB, key string) (n uint64, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return 0, err
	}
	defer closer.Close()
	if len(v) < 8 {
		return 0, io.ErrUnexpectedEOF
	}
	return binary.BigEndian.Uint64(v), nil
}

func okHex(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", err
	}
	defer closer.Close()
	return hex.EncodeToString(v), nil
}

func okCloned(db *kv.DB, key string) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.Clone(bytes.TrimSpace(v)), nil
}

func okSliceCloned(h sensor.Handle) []float64 {
	s, g := h.TryAccess()
	if s == nil {
		return nil
	}
	defer g.Release()
	return slices.Clone(s.History)
}

func okAppendedTo(dst []byte, db *kv.DB, key string) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return dst, err
	}
	defer closer.Close()
	return append(dst, v...), nil
}

func okCopied(db *kv.DB, key string) (out [16]byte, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return out, err
	}
	copy(out[:], v)
	return out, closer.Close()
}

func okUpper(db *kv.DB, key string) (up []byte, err error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.Join([][]byte{v, v}, []byte(",")), nil
}

func badTrimmed(db *kv.DB, key string) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.TrimSpace(v), nil // want revescape
}

func badFields(db *kv.DB, key string) ([][]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.Fields(v), nil // want revescape
}

func badReader(db *kv.DB, key string) (io.Reader, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.NewReader(v), nil // want revescape
}

func badScanner(db *kv.DB, key string) (*bufio.Scanner, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bufio.NewScanner(bytes.NewReader(v)), nil // want revescape
}

func badBuffer(db *kv.DB, key string) (*bytes.Buffer, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return bytes.NewBuffer(v), nil // want revescape
}

func badReadLate(db *kv.DB, key string) (string, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return "", err
	}
	if err := closer.Close(); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d", v[0]), nil // want revuse
}

func badComparedLate(db *kv.DB, key string, with []byte) (bool, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return false, err
	}
	err = closer.Close()
	return bytes.Equal(v, with), err // want revuse
}
