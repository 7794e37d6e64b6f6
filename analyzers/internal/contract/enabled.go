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
	"afero",
	"badger",
	"base64",
	"bbolt",
	"bufio",
	"bufiowriter",
	"bun",
	"bytebufferpool",
	"bzip2",
	"containerd",
	"containerdclient",
	"containerdsnapshots",
	"context",
	"csvwriter",
	"ebpf",
	"echo",
	"ent",
	"exec",
	"fasthttp",
	"fastjson",
	"fmt",
	"fs",
	"fsnotify",
	"gcs",
	"gin",
	"gob",
	"gopacket",
	"gorm",
	"grpc",
	"gzip",
	"httpclient",
	"httpserver",
	"image",
	"io",
	"ioclose", // io.Closer alone: what is handed out as one is released by it
	"iter",
	"json",
	"k8sapps",
	"k8sbatch",
	"k8score",
	"k8sdynamic",
	"k8srest",
	"kafkago",
	"leveldb",
	"leveldbiter",
	"leveldbutil",
	"miniogo",
	"mmapgo",
	"mongo",
	"multipart",
	"mutex",
	"nats",
	"net",
	"opencensus",
	"osfile",
	"osprocess",
	"otel",
	"otelsdk",
	"parquet",
	"pebble",
	"pgconn",
	"pgx",
	"pgxpool",
	"png",
	"pprof",
	"quicconn",
	"quotedprintable",
	"redis",
	"ringbuf",
	"rpc",
	"s3",
	"sarama",
	"signal",
	"spanner",
	"sql",
	"sqlrows",
	"sqlx",
	"sync",
	"tabwriter",
	"tar",
	"template",
	"testing", // what does not return
	"tls",
	"toml",
	"watch",
	"wazero",
	"weak",
	"xmlstream",
	"yaml",
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
