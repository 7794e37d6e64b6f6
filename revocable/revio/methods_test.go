package revio

import (
	"io"
	"io/fs"
	"net"
	"reflect"
	"slices"
	"syscall"
	"testing"
)

// The parts that combinations_test.go makes objects of. Each has the methods of its interface and no others; none is
// ever called, except where wrapping asks for addresses and names.
type (
	bareConn            struct{ net.Conn }
	barePacketConn      struct{ net.PacketConn }
	bareListener        struct{ net.Listener }
	bareFile            struct{ fs.File }
	bareDuplex          struct{ io.ReadWriteCloser }
	bareSystem          struct{ fs.FS }
	bareReaderFrom      struct{ io.ReaderFrom }
	bareWriterTo        struct{ io.WriterTo }
	bareHalfReader      struct{ readCloser }
	bareHalfWriter      struct{ writeCloser }
	bareRawConner       struct{ syscall.Conn }
	bareBufferer        struct{ buffers }
	bareMessenger       struct{ messages }
	bareListenDeadliner struct{ listenDeadline }
	bareDirReader       struct{}
	bareSeeker          struct{ io.Seeker }
	bareReaderAt        struct{ io.ReaderAt }
	bareWriter          struct{ io.Writer }
	bareWriterAt        struct{ io.WriterAt }
	bareStringWriter    struct{ io.StringWriter }
	bareDeadliner       struct{ deadlines }
	bareFileExtra       struct{ osFile }
	barePacketer        struct{}
	bareConnected       struct{}
	bareDirFS           struct{}
	bareReadFS          struct{}
	bareStatFS          struct{}
	bareGlobFS          struct{}
	bareSubFS           struct{}
	bareLinkFS          struct{}
)

func (bareConn) LocalAddr() net.Addr       { return nil }
func (bareConn) RemoteAddr() net.Addr      { return nil }
func (barePacketConn) LocalAddr() net.Addr { return nil }
func (bareListener) Addr() net.Addr        { return nil }
func (bareFileExtra) Name() string         { return "bare" }

func (bareDirReader) ReadDir(int) (e []fs.DirEntry, err error)      { return }
func (barePacketer) ReadFrom([]byte) (n int, a net.Addr, err error) { return }
func (barePacketer) WriteTo([]byte, net.Addr) (n int, err error)    { return }
func (bareConnected) Read([]byte) (n int, err error)                { return }
func (bareConnected) Write([]byte) (n int, err error)               { return }
func (bareConnected) RemoteAddr() (a net.Addr)                      { return }
func (bareDirFS) ReadDir(string) (e []fs.DirEntry, err error)       { return }
func (bareReadFS) ReadFile(string) (b []byte, err error)            { return }
func (bareStatFS) Stat(string) (i fs.FileInfo, err error)           { return }
func (bareGlobFS) Glob(string) (names []string, err error)          { return }
func (bareSubFS) Sub(string) (f fs.FS, err error)                   { return }
func (bareLinkFS) ReadLink(string) (target string, err error)       { return }
func (bareLinkFS) Lstat(string) (i fs.FileInfo, err error)          { return }

// TestWrappersHaveTheMethodsOfTheirObjects compares the method sets, with types, for each combination.
func TestWrappersHaveTheMethodsOfTheirObjects(t *testing.T) {
	for _, kind := range []struct {
		name  string
		bares []any
		wrap  func(bare any) any
	}{
		{"Conn", combineConnBares, func(x any) any { w, _ := Conn(x.(net.Conn)); return w }},
		{"PacketConn", combinePacketConnBares, func(x any) any { w, _ := PacketConn(x.(net.PacketConn)); return w }},
		{"Listener", combineListenerBares, func(x any) any { w, _ := Listener(x.(net.Listener)); return w }},
		{"File", combineFileBares, func(x any) any { w, _ := File(x.(fs.File)); return w }},
		{"ReadWriteCloser", combineDuplexBares, func(x any) any { w, _ := ReadWriteCloser(x.(io.ReadWriteCloser)); return w }},
		{"FS", combineFSBares, func(x any) any { w, _ := FS(x.(fs.FS)); return w }},
	} {
		t.Run(kind.name, func(t *testing.T) {
			different := make(map[string]bool)
			for _, bare := range kind.bares {
				want, got := methods(bare), methods(kind.wrap(bare))
				if !slices.Equal(got, want) {
					t.Errorf("%T\n has %v\nwant %v", bare, got, want)
				}
				different[reflect.TypeOf(want).String()+join(want)] = true
			}
			if len(different) != len(kind.bares) || len(kind.bares) < 4 {
				t.Errorf("%d objects with %d different method sets", len(kind.bares), len(different))
			}
		})
	}
}

// methods returns the exported methods of x and their types, sorted.
func methods(x any) (ms []string) {
	typ := reflect.TypeOf(x)
	for i := range typ.NumMethod() {
		m := typ.Method(i)
		// Without the receiver.
		in, out := []reflect.Type{}, []reflect.Type{}
		for i := 1; i < m.Type.NumIn(); i++ {
			in = append(in, m.Type.In(i))
		}
		for i := range m.Type.NumOut() {
			out = append(out, m.Type.Out(i))
		}
		ms = append(ms, m.Name+reflect.FuncOf(in, out, false).String())
	}
	return ms
}

func join(ms []string) (s string) {
	for _, m := range ms {
		s += m + "\n"
	}
	return s
}

// TestKindsThatAreTwo: what is a connection and packet connection, or file and connection, keeps what both have.
func TestKindsThatAreTwo(t *testing.T) {
	type fileConn struct {
		bareConn
		bareRawConner
	}
	w, _ := ReadWriteCloser(fileConn{})
	if got, want := methods(w), methods(fileConn{}); !slices.Equal(got, want) {
		t.Errorf("a net.Conn wrapped as a ReadWriteCloser has %v, want %v", got, want)
	}
}
