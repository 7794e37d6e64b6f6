package contract

// enabled lists the packages whose catalogue contracts are on. A package is
// on when its contracts have been tried on real code that uses it, and every
// finding was read; the other stubs are there to be copied into .revlint/.
var enabled = []string{
	"bufio", // Scanner.Bytes, Reader.Peek, ReadSlice, ReadLine
	"sync",  // Pool
	"weak",
	"go.etcd.io/bbolt",
	"github.com/cockroachdb/pebble/v2",
	"github.com/dgraph-io/badger/v4",
	"github.com/valyala/bytebufferpool",
	"github.com/valyala/fasthttp",
	"github.com/valyala/fastjson",
	"github.com/jackc/pgx/v5",
	"github.com/jackc/pgx/v5/pgconn",
	"github.com/jackc/pgx/v5/pgxpool",
	"github.com/syndtr/goleveldb/leveldb",
	"github.com/syndtr/goleveldb/leveldb/iterator",
	"github.com/syndtr/goleveldb/leveldb/util",
	"go.uber.org/zap/buffer",
	"github.com/edsrzf/mmap-go",
}
