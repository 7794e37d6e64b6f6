package everyday

import (
	"io"
	"net/http"
)

// Who returns a response with what was read of its body has closed the body, and what is wanted of it is the rest. So it is with all
// that hand it on.

func okReadWhole(url string) (*http.Response, []byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp, text, err
}

func okResponseHandedOn(url string) (*http.Response, []byte, error) { return okReadWhole(url) }

func okWithoutText(url string) (*http.Response, error) {
	resp, _, err := okReadWhole(url)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

func okStatus(url string) (int, error) {
	resp, err := okWithoutText(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func badReadAgain(url string) ([]byte, error) {
	resp, err := okWithoutText(url)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body) // want revuse
}

func badBodyAlone(url string) (io.Reader, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp.Body, nil // want revescape
}
