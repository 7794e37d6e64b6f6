package everyday

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

// A constructor that fails has made nothing, not even the struct around what it opens.

type logbook struct {
	f *os.File
	n int
}

func openLogbook(p string) (*logbook, error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	return &logbook{f: f}, nil
}

func (j *logbook) Close() error { return j.f.Close() }

// CloseIfThere does nothing where there is nothing.
func (j *logbook) CloseIfThere() error {
	if j == nil {
		return nil
	}
	return j.f.Close()
}

func (j *logbook) len() int { return j.n }

func badLogbookNotChecked(p string) int {
	j, _ := openLogbook(p)
	n := j.len() // want revnil
	j.Close()
	return n
}

func badLogbookDeferredTooEarly(p string) (int, error) {
	j, err := openLogbook(p)
	defer j.Close() // want revnil
	if err != nil {
		return 0, err
	}
	return j.n, nil
}

func fetched(u string) (*http.Response, error) {
	r, err := http.Get(u)
	if err != nil {
		return nil, err
	}
	return r, nil
}

func badFetchedDeferredTooEarly(u string) (string, error) {
	r, err := fetched(u)
	defer r.Body.Close() // want revnil
	if err != nil {
		return "", err
	}
	return r.Status, nil
}

func fetchedTwice(u string) (*http.Response, error) { return fetched(u) }

func badFetchedTwice(u string) string {
	r, err := fetchedTwice(u)
	if err != nil {
		println(err.Error())
	}
	defer r.Body.Close() // want revnil
	return r.Status
}

func okLogbookThatMayBeMissing(p string) error {
	j, err := openLogbook(p)
	defer j.CloseIfThere()
	return err
}

func okLogbookAsked(p string) int {
	j, _ := openLogbook(p)
	if j == nil {
		return 0
	}
	defer j.Close()
	return j.len()
}

// Which failures the function tells apart is not known.
func okLogbookTold(p string, isFatal func(error) bool) int {
	j, err := openLogbook(p)
	if isFatal(err) {
		return 0
	}
	defer j.Close()
	return j.len()
}

func okLogbookTested(p string) (int, error) {
	j, err := openLogbook(p)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, err
	}
	defer j.Close()
	return j.len(), nil
}

func okLogbookRetried(p, q string) (int, error) {
	j, err := openLogbook(p)
	if err != nil {
		j, err = openLogbook(q)
	}
	if err != nil {
		return 0, err
	}
	defer j.Close()
	return j.len(), nil
}

func okLogbookHandedOn(p string) (io.Closer, error) {
	j, err := openLogbook(p)
	if err != nil {
		return nil, err
	}
	return j, nil
}

func okLogbookInAList(ps []string) (n int, err error) {
	var js []*logbook
	defer func() {
		for _, j := range js {
			j.Close()
		}
	}()
	for _, p := range ps {
		j, err := openLogbook(p)
		if err != nil {
			return 0, err
		}
		js = append(js, j)
		n += j.len()
	}
	return n, nil
}

func okLogbookOfLoop(ps []string) int {
	var j *logbook
	var err error
	for _, p := range ps {
		if j, err = openLogbook(p); err == nil {
			break
		}
	}
	if err != nil || j == nil {
		return 0
	}
	defer j.Close()
	return j.len()
}

func okLogbookInClosure(p string) (n int, err error) {
	var j *logbook
	if j, err = openLogbook(p); err != nil {
		return 0, err
	}
	defer func() {
		if e := j.Close(); err == nil {
			err = e
		}
	}()
	return j.len(), nil
}

func mustLogbook(p string) *logbook {
	j, err := openLogbook(p)
	if err != nil {
		panic(err)
	}
	return j
}

func okLogbookOfMust(p string) int {
	j := mustLogbook(p)
	defer j.Close()
	return j.len()
}

var errRefused = errors.New("refused")

// Who is refused is told why, by the response.
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

func okToldByTheError(u string) string {
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

// Whichever failure it is, there is no logbook.
func badLogbookToldAfterwards(p string, isFatal func(error) bool) int {
	l, err := openLogbook(p)
	if err != nil && isFatal(err) {
		return 0
	}
	defer l.Close()
	return l.len() // want revnil
}
