package everyday

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/csv"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
)

// What is deferred writes the end when the function returns: who has taken the text before that goes without it.

func badZippedBytes(p []byte) ([]byte, error) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf) // want revleak
	defer zw.Close()
	if _, err := zw.Write(p); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func badArchive(names []string) (out []byte, err error) {
	buf := new(bytes.Buffer)
	zw := zip.NewWriter(buf) // want revleak
	defer zw.Close()
	for _, n := range names {
		w, err := zw.Create(n)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, n); err != nil {
			return nil, err
		}
	}
	out = buf.Bytes()
	return out, nil
}

// A literal that is deferred waits as long.
func badTarInLiteral(name string, p []byte) (int64, error) {
	var buf bytes.Buffer
	tw := tar.NewWriter(&buf) // want revleak
	defer func() { tw.Close() }()
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(p))}); err != nil {
		return 0, err
	}
	if _, err := tw.Write(p); err != nil {
		return 0, err
	}
	return buf.WriteTo(io.Discard)
}

func badTableText(rows [][]string) (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b) // want revleak
	defer w.Flush()
	w.Write([]string{"name", "value"})
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func badLinesText(lines []string) string {
	buf := bytes.NewBuffer(nil)
	w := bufio.NewWriter(buf) // want revleak
	defer w.Flush()
	w.WriteString("lines:")
	for _, l := range lines {
		w.WriteString(l)
	}
	return buf.String()
}

func badEncoded(p []byte) string {
	var b strings.Builder
	enc := base64.NewEncoder(base64.StdEncoding, &b) // want revleak
	defer enc.Close()
	enc.Write(p)
	return b.String()
}

func addPart(w *multipart.Writer, p []byte) error {
	part, err := w.CreateFormFile("file", "name")
	if err != nil {
		return err
	}
	_, err = part.Write(p)
	return err
}

// A request has the length of its body from the start.
func badUpload(c *http.Client, url string, p []byte) error {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body) // want revleak
	defer w.Close()
	if err := addPart(w, p); err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPost, url, body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func okClosedFirst(p []byte) ([]byte, error) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	defer zw.Close() // for errors; to close it twice does no harm
	if _, err := zw.Write(p); err != nil {
		return nil, err
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// The literal ends first.
func okClosedInLiteral(p []byte) ([]byte, error) {
	var buf bytes.Buffer
	err := func() error {
		zw := gzip.NewWriter(&buf)
		defer zw.Close()
		_, err := zw.Write(p)
		return err
	}()
	return buf.Bytes(), err
}

// The caller reads what it has passed when all is written.
func okCallersBuffer(buf *bytes.Buffer, p []byte) int {
	zw := gzip.NewWriter(buf)
	defer zw.Close()
	zw.Write(p)
	return len(buf.Bytes())
}

func okBufferReturned(p []byte) *bytes.Buffer {
	buf := new(bytes.Buffer)
	zw := gzip.NewWriter(buf)
	defer zw.Close()
	zw.Write(p)
	if len(buf.Bytes()) == 0 {
		return buf
	}
	return buf
}

// What is deferred first runs last, and reads when the end is written.
func okReadByDeferred(p []byte) (out string) {
	var buf bytes.Buffer
	defer func() { out = buf.String() }()
	zw := gzip.NewWriter(&buf)
	defer zw.Close()
	zw.Write(p)
	return buf.String()
}

// Each piece is sent as soon as it can be read.
func okInPieces(pieces [][]byte, send func([]byte)) {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	defer zw.Close()
	for _, p := range pieces {
		zw.Write(p)
		zw.Flush()
		send(bytes.Clone(buf.Bytes()))
		buf.Reset()
	}
}

// It is closed in the end, and read again.
func okReadTwice(p []byte, progress func(int)) []byte {
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	defer zw.Close()
	zw.Write(p)
	progress(len(buf.Bytes()))
	zw.Close()
	return buf.Bytes()
}

// What failed is told with what there was.
func okAfterFailure(p []byte, log func(string)) error {
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	defer w.Flush()
	if _, err := w.Write(p); err != nil {
		log(buf.String())
		return err
	}
	return nil
}

// Nothing was written.
func okNothingYet(p []byte) string {
	var buf bytes.Buffer
	buf.WriteString("all of it")
	w := bufio.NewWriter(&buf)
	defer w.Flush()
	return buf.String()
}

// An empty bufio.Writer has the buffer read all of it by itself.
func okReadByBuffer(r io.Reader) string {
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	defer w.Flush()
	io.Copy(w, r)
	return buf.String()
}

func finishParts(w *multipart.Writer) error { return w.Close() }

func okUploadFinished(url string, p []byte) (*http.Request, error) {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close()
	if err := addPart(w, p); err != nil {
		return nil, err
	}
	if err := finishParts(w); err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodPost, url, body)
}

// Whoever has it now may close it.
func okWriterHandedOn(url string, p []byte, end func(*multipart.Writer)) (*http.Request, error) {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close()
	if err := addPart(w, p); err != nil {
		return nil, err
	}
	end(w)
	return http.NewRequest(http.MethodPost, url, body)
}

// Whoever is given the request reads all that the buffer has by then, where no length is asked for, as in a test of a handler.
func okRequestReturned(url string, p []byte) (*http.Request, error) {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close()
	if err := addPart(w, p); err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodPost, url, body)
}

func okRequestKept(url string, p []byte) *http.Request {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close()
	w.WriteField("name", string(p))
	req, err := http.NewRequest(http.MethodPost, url, body)
	if err != nil {
		panic(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}
