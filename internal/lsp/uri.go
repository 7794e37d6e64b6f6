package lsp

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// pathOf returns the file that a URI names. Documents that are in no file, such
// as new ones or the old side of a diff, have URIs of other schemes.
func pathOf(uri string) (string, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return "", err
	}
	if u.Scheme != "file" || u.Host != "" && u.Host != "localhost" || u.Path == "" {
		return "", fmt.Errorf("%s names no file here", uri)
	}
	path := u.Path
	if hasDrive(strings.TrimPrefix(path, "/")) {
		path = strings.ToUpper(path[1:2]) + path[2:] // editors differ in the case of the drive
	}
	return filepath.Clean(filepath.FromSlash(path)), nil
}

// uriOf returns the URI of a file.
func uriOf(path string) string {
	path = filepath.ToSlash(path)
	if hasDrive(path) {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// hasDrive reports whether a path with slashes begins with a drive of Windows.
func hasDrive(path string) bool {
	return len(path) > 2 && path[1] == ':' && path[2] == '/' && ('a' <= path[0]|0x20 && path[0]|0x20 <= 'z')
}
