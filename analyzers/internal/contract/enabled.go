package contract

// enabled names the stubs of the catalogue that are on. A stub is on when its
// contracts have been tried on real code that uses the package, and every
// finding was read; the others are there to be copied into .revlint/.
var enabled = []string{
	"badger",
	"bbolt",
	"bufio",
	"bytebufferpool",
	"fasthttp",
	"fastjson",
	"io",
	"ioclose", // io.Closer alone: what is handed out as one is released by it
	"leveldb",
	"leveldbiter",
	"leveldbutil",
	"mmapgo",
	"pebble",
	"pgconn",
	"pgx",
	"pgxpool",
	"sync",
	"testing", // what does not return
	"weak",
	"zapbuffer",
}
