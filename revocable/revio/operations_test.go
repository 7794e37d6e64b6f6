package revio_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"reflect"
	"syscall"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio"
)

var errBare = errors.New("bare")

// A script is what an object has been told to do: to fail or not, and once, within an operation, something else.
type script struct {
	err     error
	during  func()
	reached int
}

// on is called in each operation of an object.
func (s *script) on() error {
	s.reached++
	if d := s.during; d != nil {
		s.during = nil
		d()
	}
	return s.err
}

// The parts of objects. Each method says that it was reached, and gives what is not zero.
type (
	scripted       struct{ *script }
	scriptedConn   struct{ scripted }
	scriptedPacket struct{ scripted }
	scriptedListen struct{ scripted }
	scriptedFile   struct{ scripted }
	scriptedDuplex struct{ scripted }
	scriptedFS     struct{ scripted }
	scriptedRaw    struct{ scripted }
	scriptedInfo   struct{ fs.FileInfo }
)

func (s scripted) Close() error { return nil }
func (s scripted) deadline(t time.Time) error {
	if t.Equal(time.Unix(1, 0)) {
		return nil // a wake
	}
	return s.on()
}
func (s scripted) SetDeadline(t time.Time) error               { return s.deadline(t) }
func (s scripted) SetReadDeadline(t time.Time) error           { return s.deadline(t) }
func (s scripted) SetWriteDeadline(t time.Time) error          { return s.deadline(t) }
func (s scripted) Read([]byte) (int, error)                    { return 3, s.on() }
func (s scripted) Write([]byte) (int, error)                   { return 3, s.on() }
func (s scripted) CloseRead() error                            { return s.on() }
func (s scripted) CloseWrite() error                           { return s.on() }
func (s scripted) Seek(int64, int) (int64, error)              { return 3, s.on() }
func (s scripted) ReadAt([]byte, int64) (int, error)           { return 3, s.on() }
func (s scripted) WriteAt([]byte, int64) (int, error)          { return 3, s.on() }
func (s scripted) WriteString(string) (int, error)             { return 3, s.on() }
func (s scripted) SetReadBuffer(int) error                     { return s.on() }
func (s scripted) SetWriteBuffer(int) error                    { return s.on() }
func (s scripted) address() net.Addr                           { _ = s.on(); return &net.UnixAddr{Name: "here", Net: "unix"} }
func (s scripted) SyscallConn() (syscall.RawConn, error)       { return scriptedRaw{s}, s.on() }
func (s scriptedRaw) Control(func(uintptr)) error              { return s.on() }
func (s scriptedRaw) Read(func(uintptr) bool) error            { return s.on() }
func (s scriptedRaw) Write(func(uintptr) bool) error           { return s.on() }
func (s scriptedConn) LocalAddr() net.Addr                     { return s.address() }
func (s scriptedConn) RemoteAddr() net.Addr                    { return s.address() }
func (s scriptedPacket) LocalAddr() net.Addr                   { return s.address() }
func (s scriptedPacket) RemoteAddr() net.Addr                  { return s.address() }
func (s scriptedPacket) WriteTo([]byte, net.Addr) (int, error) { return 3, s.on() }
func (s scriptedPacket) ReadFrom([]byte) (int, net.Addr, error) {
	return 3, &net.UDPAddr{Port: 7}, s.on()
}
func (s scriptedPacket) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *net.UDPAddr, err error) {
	return 3, 4, 5, &net.UDPAddr{Port: 7}, s.on()
}
func (s scriptedPacket) WriteMsgUDP(b, oob []byte, addr *net.UDPAddr) (n, oobn int, err error) {
	return 3, 4, s.on()
}
func (s scriptedListen) Accept() (net.Conn, error) { return scriptedConn(s), s.on() }
func (s scriptedListen) Addr() net.Addr            { return s.address() }
func (s scriptedFile) Stat() (fs.FileInfo, error)  { return scriptedInfo{}, s.on() }
func (s scriptedFile) Sync() error                 { return s.on() }
func (s scriptedFile) Truncate(int64) error        { return s.on() }
func (s scriptedFile) Name() string                { return "name" }
func (s scriptedFile) ReadDir(int) ([]fs.DirEntry, error) {
	return []fs.DirEntry{scriptedEntry(s)}, s.on()
}
func (s scriptedFS) Open(string) (fs.File, error) { return scriptedFile(s), s.on() }
func (s scriptedFS) ReadDir(string) ([]fs.DirEntry, error) {
	return []fs.DirEntry{scriptedEntry(s)}, s.on()
}
func (s scriptedFS) ReadFile(string) ([]byte, error)   { return []byte("abc"), s.on() }
func (s scriptedFS) Stat(string) (fs.FileInfo, error)  { return scriptedInfo{}, s.on() }
func (s scriptedFS) Lstat(string) (fs.FileInfo, error) { return scriptedInfo{}, s.on() }
func (s scriptedFS) ReadLink(string) (string, error)   { return "abc", s.on() }
func (s scriptedFS) Glob(string) ([]string, error)     { return []string{"abc"}, s.on() }
func (s scriptedFS) Sub(string) (fs.FS, error)         { return s, s.on() }

type scriptedEntry struct{ scripted }

func (e scriptedEntry) Name() string               { return "entry" }
func (e scriptedEntry) IsDir() bool                { return true }
func (e scriptedEntry) Type() fs.FileMode          { return fs.ModeDir }
func (e scriptedEntry) Info() (fs.FileInfo, error) { return scriptedInfo{}, e.on() }

// objects are wrapped, each with all that its wrapper passes on, except for copies (ReadFrom and WriteTo), which are many
// operations: see copy_test.go.
var objects = map[string]func(s *script, opts ...revio.Option) (bare, wrapped any, owner *revio.Owner){
	"Conn": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedConn{scripted{s}}
		w, o := revio.Conn(bare, opts...)
		return bare, w, o
	},
	"PacketConn": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedPacket{scripted{s}}
		w, o := revio.PacketConn(bare, opts...)
		return bare, w, o
	},
	"Listener": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedListen{scripted{s}}
		w, o := revio.Listener(bare, opts...)
		return bare, w, o
	},
	"File": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedFile{scripted{s}}
		w, o := revio.File(bare, opts...)
		return bare, w, o
	},
	"ReadWriteCloser": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedDuplex{scripted{s}}
		w, o := revio.ReadWriteCloser(bare, opts...)
		return bare, w, o
	},
	"FS": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedFS{scripted{s}}
		w, o := revio.FS(bare, opts...)
		return bare, w, o
	},
	"RawConn": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		bare := scriptedConn{scripted{s}}
		w, o := revio.Conn(bare, opts...)
		err := s.err
		s.err = nil
		raw, _ := w.(syscall.Conn).SyscallConn()
		s.err = err
		return scriptedRaw{scripted{s}}, raw, o
	},
	"DirEntry": func(s *script, opts ...revio.Option) (any, any, *revio.Owner) {
		w, o := revio.FS(scriptedFS{scripted{s}}, opts...)
		err := s.err
		s.err = nil
		entries, _ := w.(fs.ReadDirFS).ReadDir(".")
		s.err = err
		return scriptedEntry{scripted{s}}, entries[0], o
	},
}

// notOperations reach no object, or need not succeed, after the revocation.
var notOperations = map[string]bool{"Close": true, "Name": true, "IsDir": true, "Type": true, "String": true}

// addresses are given after the revocation too.
var addresses = map[string]bool{"LocalAddr": true, "RemoteAddr": true, "Addr": true}

// TestEachMethodIsAnOperation: it gives what the object gives, also its error; the owner waits for it; and after the
// revocation it reaches nothing, and gives nothing but the error.
func TestEachMethodIsAnOperation(t *testing.T) {
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for name, make := range objects {
		_, sample, _ := make(new(script))
		for i := range reflect.TypeOf(sample).NumMethod() {
			method := reflect.TypeOf(sample).Method(i).Name
			if notOperations[method] {
				continue
			}
			t.Run(name+"."+method, func(t *testing.T) {
				for _, err := range []error{nil, errBare} {
					s := &script{err: err}
					bare, w, _ := make(s)
					got, want := invoke(w, method), invoke(bare, method)
					if !alike(got, want) && !(err != nil && alike(got, nothingBut(want))) {
						t.Errorf("gives %v, want %v", got, want)
					}
				}
				s := &script{err: errBare} // which the revocation hides
				bare, w, owner := make(s)
				before := s.reached
				s.during = func() {
					if err := owner.RevokeContext(over); err != context.Canceled {
						t.Errorf("Revoke does not wait for it: %v", err)
					}
				}
				got := invoke(w, method)
				if s.reached != before+1 {
					t.Errorf("%d operations of the object", s.reached-before)
				}
				if addresses[method] {
					if !alike(got, invoke(bare, method)) {
						t.Errorf("gives %v when revoked meanwhile", got)
					}
				} else if err, _ := got[len(got)-1].(error); !isRevoked(err) {
					t.Errorf("the error is %v when revoked meanwhile", err)
				}
				before = s.reached
				got = invoke(w, method)
				if s.reached != before {
					t.Error("reaches the object after the revocation")
				}
				if addresses[method] {
					if !alike(got, invoke(bare, method)) {
						t.Errorf("gives %v after the revocation", got)
					}
					return
				}
				for _, x := range got[:len(got)-1] {
					if x != nil && !reflect.ValueOf(x).IsZero() {
						t.Errorf("gives %v after the revocation", got)
					}
				}
				if err, _ := got[len(got)-1].(error); !isRevoked(err) {
					t.Errorf("the error is %v after the revocation", err)
				}
			})
		}
	}
}

// invoke calls a method with arguments that are not zero.
func invoke(object any, method string) (results []any) {
	m := reflect.ValueOf(object).MethodByName(method)
	var args []reflect.Value
	for i := range m.Type().NumIn() {
		switch in := m.Type().In(i); in {
		case reflect.TypeFor[[]byte]():
			args = append(args, reflect.ValueOf([]byte("abc")))
		case reflect.TypeFor[time.Time]():
			args = append(args, reflect.ValueOf(time.Now().Add(time.Hour)))
		case reflect.TypeFor[string]():
			args = append(args, reflect.ValueOf("abc"))
		default:
			args = append(args, reflect.Zero(in))
		}
	}
	for _, r := range m.Call(args) {
		results = append(results, r.Interface())
	}
	return results
}

// alike compares results. What is wrapped is only there or not.
func alike(a, b []any) bool {
	for i := range a {
		switch reflect.TypeOf(b[i]) {
		case nil:
			if a[i] != nil {
				return false
			}
		case reflect.TypeFor[scriptedConn](), reflect.TypeFor[scriptedFile](), reflect.TypeFor[scriptedFS](), reflect.TypeFor[scriptedRaw](), reflect.TypeFor[[]fs.DirEntry]():
			if a[i] == nil || reflect.ValueOf(a[i]).IsZero() {
				return false
			}
		default:
			if !reflect.DeepEqual(a[i], b[i]) {
				return false
			}
		}
	}
	return true
}

// nothingBut are results of which only the error is left, because what comes with an error is not wrapped.
func nothingBut(results []any) (only []any) {
	for range len(results) - 1 {
		only = append(only, nil)
	}
	return append(only, results[len(results)-1])
}

func hasMethod(object any, method string) bool {
	return reflect.ValueOf(object).MethodByName(method).IsValid()
}
