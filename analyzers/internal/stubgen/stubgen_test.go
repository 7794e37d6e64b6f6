package stubgen

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// generate writes a stub for a package of one file.
func generate(t *testing.T, src string) (string, error) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "lib.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check("example.com/lib", fset, []*ast.File{f}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Generate(pkg, []*ast.File{f}, "")
	return string(text), err
}

// declarations are those of a stub with their directives, in order.
func declarations(stub string) string {
	var out []string
	for line := range strings.Lines(stub) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//revlint:package"):
		case strings.HasPrefix(line, "//revlint:"):
			out = append(out, line[len("//revlint:"):])
		case !strings.HasPrefix(line, "//"):
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

func TestGenerate(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"halves": {`
func New() *Named { return nil }
type Named struct{}
func (n *Named) Lock(name string) {}
func (n *Named) TryLock(name string) bool { return true }
func (n *Named) Unlock(name string) {}
type Lease interface {
	Lock(ctx context.Context, lost func()) error
	Unlock() error
}
func NewSemaphore(n int64) *Semaphore { return nil }
type Semaphore struct{}
func (s *Semaphore) Acquire(ctx context.Context, n int64) error { return nil }
func (s *Semaphore) Release(n int64) {}
type Alone struct{}
func (Alone) Unlock() {}
type Other struct{}
func (o *Other) Lock() *Named { return nil }
func (o *Other) Unlock() {}
`, `package lib
import (
"context"
)
acquire _ guard n
func (n *Named) Lock(name string)
acquire _ guard n if ok
func (n *Named) TryLock(name string) (ok bool)
release n
func (n *Named) Unlock(name string)
type Lease interface {
acquire _ guard self if err == nil
Lock(ctx context.Context, lost func()) (err error)
release self
Unlock() error
}
acquire _ guard s if err == nil
func (s *Semaphore) Acquire(ctx context.Context, n int64) (err error)
release s
func (s *Semaphore) Release(n int64)
`},
		"cleanups": {`
type Cleanup func(context.Context) error
func Batch(ctx context.Context) (context.Context, Cleanup, error) { return nil, nil, nil }
func Temp(name string) (path string, cleanup func(), err error) { return "", nil, nil }
`, `package lib
import (
"context"
)
acquire _ guard cleanup if err == nil
func Batch(ctx context.Context) (ctx1 context.Context, cleanup Cleanup, err error)
acquire path guard cleanup if err == nil
func Temp(name string) (path string, cleanup func(), err error)
`},
		"transactions": {`
func Open(path string) (*DB, error) { return nil, nil }
type DB struct{}
func (db *DB) Close() error { return nil }
func (*DB) Begin(ctx context.Context, write bool) (*Tx, error) { return nil, nil }
func (db *DB) Path() string { return "" }
type Tx struct{}
func (tx *Tx) DB() *DB { return nil }
func (tx *Tx) GetDB() *DB { return nil }
func NewTraced(db *DB, name string) *DB { return db }
type Embedding struct{ *DB }
func OpenEmbedding() (*Embedding, error) { return nil, nil }
func (tx *Tx) SetName(name string) *Tx { return tx }
func (tx *Tx) Commit() error { return nil }
func (tx *Tx) Rollback() error { return nil }
func (tx *Tx) Done() <-chan struct{} { return nil }
`, `package lib
import (
"context"
)
acquire db if err == nil
func Open(path string) (db *DB, err error)
release db idempotent
func (db *DB) Close() error
acquire tx from db if err == nil
func (db *DB) Begin(ctx context.Context, write bool) (tx *Tx, err error)
release tx
func (tx *Tx) Commit() error
release tx idempotent
func (tx *Tx) Rollback() error
`},
		"pool": {`
type Buffer struct{}
type Pool struct{}
func (p *Pool) Get() *Buffer { return nil }
func (p *Pool) Put(b *Buffer) {}
func (p *Pool) Len() int { return 0 }
func AcquireConn() *Conn { return nil }
func ReleaseConn(*Conn) {}
func ReleaseOther(n int) {}
type Conn struct{}
`, `package lib
acquire buffer from p optional
func (p *Pool) Get() (buffer *Buffer)
release b to p
func (p *Pool) Put(b *Buffer)
acquire conn optional
func AcquireConn() (conn *Conn)
release conn
func ReleaseConn(conn *Conn)
`},
		"memory": {`
func NewName() []byte { return nil }
func Calloc(n int, tag string) []byte { return nil }
func Free(b []byte) {}
`, `package lib
acquire data
func Calloc(n int, tag string) (data []byte)
release b
func Free(b []byte)
`},
		"generics": {`
type Pool[K comparable, V any] struct{}
func New[K comparable, V any](n int) *Pool[K, V] { return nil }
func (p *Pool[Key, _]) Stop() {}
func (*Pool[K, V]) Lease(k K) (*Lease[V], bool) { return nil, false }
type Lease[V any] struct{}
func (l Lease[V]) Release() {}
`, `package lib
acquire pool
func New[K comparable, V any](n int) (pool *Pool[K, V])
release p idempotent
func (p *Pool[Key, _]) Stop()
acquire lease from pool if ok
func (pool *Pool[K, V]) Lease(k K) (lease *Lease[V], ok bool)
release l
func (l Lease[V]) Release()
`},
		"guards": {`
type Res struct{}
type Guard struct{}
func (g *Guard) Release() {}
type Handle struct{}
func (h Handle) TryAccess() (*Res, Guard) { return nil, Guard{} }
func (h Handle) Get(key []byte) ([]byte, io.Closer, error) { return nil, nil, nil }
func (h Handle) Reader() (io.ReadCloser, error) { return nil, nil }
func (h Handle) Lend() (*Res, Guard, bool) { return nil, Guard{}, false }
func Watch(ctx context.Context) (<-chan int, func()) { return nil, nil }
func WithStop(ctx context.Context) (context.Context, context.CancelFunc) { return nil, nil }
`, `package lib
import (
"context"
"io"
)
release g
func (g *Guard) Release()
acquire res guard guard1 if res != nil
func (h Handle) TryAccess() (res *Res, guard1 Guard)
acquire data guard closer if err == nil
func (h Handle) Get(key []byte) (data []byte, closer io.Closer, err error)
acquire readCloser if err == nil
func (h Handle) Reader() (readCloser io.ReadCloser, err error)
acquire res guard guard1 if ok
func (h Handle) Lend() (res *Res, guard1 Guard, ok bool)
acquire c guard release
func Watch(ctx context.Context) (c <-chan int, release func())
acquire _ guard cancel
func WithStop(ctx context.Context) (ctx1 context.Context, cancel context.CancelFunc)
`},
		"locks": {`
type Mutex struct{}
func (mu *Mutex) Lock() (unlock func(), err error) { return nil, nil }
func (mu *Mutex) TryLock() (func(), bool) { return nil, false }
func Acquire(name string) func() error { return nil }
func (mu *Mutex) Hook() func() { return nil }
func (mu *Mutex) LockNothing() error { return nil }
`, `package lib
acquire _ guard unlock if err == nil
func (mu *Mutex) Lock() (unlock func(), err error)
acquire _ guard release if ok
func (mu *Mutex) TryLock() (release func(), ok bool)
acquire _ guard release
func Acquire(name string) (release func() error)
`},
		"counted": {`
type Chunk struct{}
func NewChunk() *Chunk { return nil }
func (c *Chunk) Retain() {}
func (c *Chunk) TryIncRef() bool { return true }
func (c *Chunk) Release() {}
`, `package lib
acquire chunk
func NewChunk() (chunk *Chunk)
acquire c
func (c *Chunk) Retain()
acquire c if ok
func (c *Chunk) TryIncRef() (ok bool)
release c
func (c *Chunk) Release()
`},
		"callbacks": {`
type DB struct{}
type Tx struct{}
func (db *DB) View(fn func(*Tx) error) error { return nil }
func (db *DB) ForEach(visit func(k, v []byte) error) error { return nil }
func (db *DB) Update(op TxOp) error { return nil }
type TxOp func(tx *Tx, n int) error
type Option func(*DB)
func WithHook(fn func(tx *Tx)) Option { return nil }
func (db *DB) OnClose(fn func(tx *Tx)) {}
func WithCount(fn func(n int)) {}
`, `package lib
scoped fn(tx)
func (db *DB) View(fn func(tx *Tx) error) error
scoped visit(k, v)
func (db *DB) ForEach(visit func(k []byte, v []byte) error) error
scoped tx
type TxOp func(tx *Tx, n int) error
`},
		"interfaces": {`
type Store interface {
	io.Closer
	NewIterator(prefix []byte) Iterator
	Begin() (Tx, error)
}
type Iterator interface {
	Next() bool
	Release()
}
type Tx interface { io.Closer; Get() }
func Open() Store { return nil }
`, `package lib
type Store interface {
acquire iterator from self
NewIterator(prefix1 []byte) (iterator Iterator)
acquire tx from self if err == nil
Begin() (tx Tx, err error)
}
type Iterator interface {
release self
Release()
}
acquire store
func Open() (store Store)
`},
		"names": {`
type File struct{}
func Open(from string, until ...*url.URL) (_ *File, _ error) { return nil, nil }
func (File) Close(ctx context.Context, opts ...int) {}
func Create(*File, *template.Template, *ttemplate.Template, [3]int, func(), map[string]int, chan int) (file *Conn, err2 error) { return nil, nil }
func Dial(_ error) (db *Conn, err error) { return nil, nil }
type Conn struct{}
func (self *Conn) Close() {}
`, `package lib
import (
"context"
"html/template"
"net/url"
template1 "text/template"
)
acquire file if err == nil
func Open(from1 string, until1 ...*url.URL) (file *File, err error)
release file idempotent
func (file File) Close(ctx context.Context, opts ...int)
acquire file if err2 == nil
func Create(file1 *File, template *template.Template, template1 *template1.Template, v [3]int, fn func(), m map[string]int, c chan int) (file *Conn, err2 error)
acquire db if err == nil
func Dial(err1 error) (db *Conn, err error)
release conn idempotent
func (conn *Conn) Close()
`},
		"hidden, and described by the authors": {`
type conn struct{}
func (c *conn) Close() error { return nil }
func Dial() (*conn, error) { return nil, nil }
type File struct{}
func (f *File) Close() error { return nil }
func open() (*File, error) { return nil, nil }
//revlint:acquire f optional if err == nil
func Open() (f *File, err error) { return nil, nil }
func Create() (f *File, err error) { return nil, nil }
func Connect() (*Conn, error) { return nil, nil }
type Conn struct{}
//revlint:release c
func (c *Conn) Close() error { return nil }
func NewWaiting() *Waiting { return nil }
type Waiting struct{}
//revlint:waits w
func (w *Waiting) Close() error { return nil }
`, `package lib
release f idempotent
func (f *File) Close() error
acquire f if err == nil
func Create() (f *File, err error)
acquire conn if err == nil
func Connect() (conn *Conn, err error)
`},
	} {
		imports := ""
		for name, path := range map[string]string{
			"context.": "context", "io.": "io", "url.": "net/url", " *template.": "html/template",
		} {
			if strings.Contains(c.src, name) {
				imports += "import \"" + path + "\"\n"
			}
		}
		if strings.Contains(c.src, "ttemplate.") {
			imports += "import ttemplate \"text/template\"\n"
		}
		got, err := generate(t, "package lib\n"+imports+c.src)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if declarations(got) != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if strings.Contains(got, leftOut) {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}
