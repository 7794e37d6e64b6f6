package contract

import (
	"slices"
	"strings"
)

// enabled names the stubs of the catalogue that are on. A stub is on when the
// library's own documentation states its contracts, its examples in
// testdata/catalogue come out right, and it was tried on real code that uses the
// package, where every finding was read. The others are there to be copied into
// .revlint/, and say why they are off.
var enabled = []string{
	"badger",
	"base64",
	"bbolt",
	"bufio",
	"bytebufferpool",
	"context",
	"csvwriter",
	"echo",
	"exec",
	"fasthttp",
	"fastjson",
	"fs",
	"fsnotify",
	"gin",
	"grpc",
	"gzip",
	"httpclient",
	"httpserver",
	"io",
	"ioclose", // io.Closer alone: what is handed out as one is released by it
	"json",
	"leveldb",
	"leveldbiter",
	"leveldbutil",
	"mmapgo",
	"mongo",
	"multipart",
	"mutex",
	"net",
	"osfile",
	"osprocess",
	"otel",
	"pebble",
	"pgconn",
	"pgx",
	"pgxpool",
	"quotedprintable",
	"redis",
	"signal",
	"sql",
	"sqlrows",
	"sqlx",
	"sync",
	"tabwriter",
	"tar",
	"testing", // what does not return
	"weak",
	"zap",
	"zapbuffer",
	"zapcore",
	"zerolog",
	"zip",
	"zlib",
}

// disabled names the other stubs of the catalogue.
func disabled() (names []string) {
	files, err := catalogueFiles.ReadDir("_catalogue")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".go"); !slices.Contains(enabled, name) {
			names = append(names, name)
		}
	}
	return names
}
