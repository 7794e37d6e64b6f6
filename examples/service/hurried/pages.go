package hurried

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	bolt "go.etcd.io/bbolt"
)

// bucket is where previews are.
var bucket = []byte("previews")

// Preview is the beginning of a page, fetched once.
func (s *Service) Preview(ctx context.Context, url string) ([]byte, error) {
	if page := s.cached(url); page != nil {
		return page, nil
	}
	page, err := fetch(ctx, url)
	if err != nil {
		return nil, err
	}
	return page, s.pages.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucket)
		if err != nil {
			return err
		}
		return b.Put([]byte(url), page)
	})
}

// cached is the preview that was fetched before, nil if none was.
func (s *Service) cached(url string) (page []byte) {
	s.pages.View(func(tx *bolt.Tx) error {
		if b := tx.Bucket(bucket); b != nil {
			page = b.Get([]byte(url)) // want revescape
		}
		return nil
	})
	return page
}

// patient is a context for what should not take long.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, 10*time.Second)
}

// fetch gets the beginning of a page.
func fetch(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := patient(ctx) // want revleak
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req) // want revleak
	defer cancel()
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	defer resp.Body.Close()
	return io.ReadAll(io.LimitReader(resp.Body, 1<<10))
}

// Hit counts that url was asked for, up to a limit.
func (s *Service) Hit(url string) error {
	s.mu.Lock() // want revleak
	if len(s.hits) > 1000 {
		return ErrNone
	}
	s.hits[url]++
	s.mu.Unlock()
	return nil
}
