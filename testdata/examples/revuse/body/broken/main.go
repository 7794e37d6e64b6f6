// A body that is closed before it is read
//
// Nothing is to be read from it any more.
package play

import (
	"io"
	"net/http"
)

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return io.ReadAll(resp.Body) // want revuse
}
