package play

// Libraries are packages that one may import in the playground, beside the standard
// library and revocable: those of the catalogue that import little, in the versions
// of testdata/catalogue.
var Libraries = []string{
	"github.com/dgraph-io/badger/v4",
	"github.com/edsrzf/mmap-go",
	"github.com/hashicorp/go-memdb",
	"github.com/jackc/pgx/v5",
	"github.com/jackc/pgx/v5/pgconn",
	"github.com/jackc/pgx/v5/pgtype",
	"github.com/jackc/pgx/v5/pgxpool",
	"github.com/labstack/echo/v4",
	"github.com/rs/zerolog",
	"github.com/syndtr/goleveldb/leveldb",
	"github.com/syndtr/goleveldb/leveldb/iterator",
	"github.com/syndtr/goleveldb/leveldb/util",
	"github.com/valyala/bytebufferpool",
	"github.com/valyala/fasthttp",
	"github.com/valyala/fastjson",
	"go.etcd.io/bbolt",
	"go.opentelemetry.io/otel/attribute",
	"go.opentelemetry.io/otel/codes",
	"go.opentelemetry.io/otel/trace",
	"go.uber.org/zap",
	"go.uber.org/zap/buffer",
	"go.uber.org/zap/zapcore",
	"golang.org/x/sync/semaphore",
}
