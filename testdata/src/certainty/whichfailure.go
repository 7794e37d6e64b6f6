package certainty

import (
	"errors"
	"fmt"
	"net/http"
	"os"
)

// Some failures hand something out: who asks which one it is knows whether there is something to release.
var errRefused = errors.New("refused")

func fetchedOrRefused(u string) (*http.Response, error) {
	r, err := http.Get(u)
	if err != nil {
		return nil, fmt.Errorf("get: %w", err)
	}
	if r.StatusCode == http.StatusForbidden {
		return r, errRefused
	}
	return r, nil
}

func okSwitched(u string) string {
	r, err := fetchedOrRefused(u)
	switch {
	case err == nil:
	case errors.Is(err, errRefused):
	default:
		return ""
	}
	defer r.Body.Close()
	return r.Status
}
func okComparedWithIt(u string) string {
	r, err := fetchedOrRefused(u)
	if err != nil && err != errRefused {
		return ""
	}
	defer r.Body.Close()
	return r.Status
}
func okAskedWhetherItIs(u string) string {
	r, err := fetchedOrRefused(u)
	if err != nil && !errors.Is(err, errRefused) {
		return ""
	}
	defer r.Body.Close()
	return r.Status
}
func okComparedFirst(u string) string {
	r, err := fetchedOrRefused(u)
	if err == errRefused {
		r.Body.Close()
		return "refused"
	}
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	return r.Status
}
func okByPredicate(u string) string {
	r, err := fetchedOrRefused(u)
	if isRefused(err) {
		r.Body.Close()
		return "refused"
	}
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	return r.Status
}
func isRefused(err error) bool { return errors.Is(err, errRefused) }
func badNotAskedWhich(u string) string {
	r, err := fetchedOrRefused(u) // want revleak
	if err != nil {
		return ""
	}
	defer r.Body.Close()
	return r.Status
}

type seg struct{ f *os.File }

var errShort = errors.New("short")

func openSeg(p string) (*seg, error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	if st.Size() < 10 {
		return &seg{f}, errShort
	}
	return &seg{f}, nil
}
func okShortFile(p string) error {
	s, err := openSeg(p)
	if err == errShort {
		s.f.Close()
		return os.Remove(p)
	} else if err != nil {
		return err
	}
	return s.f.Close()
}
