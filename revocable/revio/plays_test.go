package revio_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/revlint/revlint/revocable/revio"
)

type wrapper = func(bare any) (any, *revio.Owner)

var plays = []play{
	connPlay("pipe"), connPlay("tcp"), connPlay("unix"), listenerPlay, packetPlay, filePlay, dirPlay, fsPlay, terminalPlay,
}

func connPlay(network string) play {
	return play{
		name: network,
		make: func(t *testing.T, w *witness, wrap wrapper) scene {
			c, peer, err := pair(network)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { peer.Close() })
			go io.Copy(peer, struct{ io.Reader }{peer}) // an echo
			object, owner := wrap(strictConn{c, w})
			return scene{object, owner}
		},
		steps: []step{
			{name: "LocalAddr", do: func(o any) (any, error) { return known(o.(net.Conn).LocalAddr()) }, always: true},
			{name: "SetDeadline", do: func(o any) (any, error) { return nil, o.(net.Conn).SetDeadline(time.Now().Add(time.Hour)) }},
			{name: "Write", do: func(o any) (any, error) { return o.(net.Conn).Write([]byte("hello")) }},
			{name: "Read", do: readFull(5)},
			{name: "SetReadDeadline", do: func(o any) (any, error) { return nil, o.(net.Conn).SetReadDeadline(time.Time{}) }},
			{name: "SetWriteDeadline", do: func(o any) (any, error) { return nil, o.(net.Conn).SetWriteDeadline(time.Time{}) }},
			{name: "RemoteAddr", do: func(o any) (any, error) { return known(o.(net.Conn).RemoteAddr()) }, always: true},
			{name: "Write again", do: func(o any) (any, error) { return o.(net.Conn).Write([]byte("more")) }},
			{name: "Read again", do: readFull(4)},
		},
		asleep: step{name: "Read that sleeps", do: readFull(1)},
	}
}

func known(a net.Addr) (any, error) {
	if a == nil {
		return nil, errors.New("no address")
	}
	return "an address", nil
}

func readFull(n int) func(o any) (any, error) {
	return func(o any) (any, error) {
		p := make([]byte, n)
		n, err := io.ReadFull(o.(io.Reader), p)
		return string(p[:n]), err
	}
}

var listenerPlay = play{
	name: "listener",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		l, err := listen("tcp")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			peer, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { peer.Close() })
		}
		object, owner := wrap(strictListener{l, w})
		return scene{object, owner}
	},
	steps:  []step{{name: "Accept", do: accept}, {name: "Accept again", do: accept}},
	asleep: step{name: "Accept that sleeps", do: accept},
}

func accept(o any) (any, error) {
	c, err := o.(net.Listener).Accept()
	if err != nil {
		return nil, err
	}
	return "a connection", c.Close()
}

var packetPlay = play{
	name: "packets",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		c, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		object, owner := wrap(strictPacketConn{c, w})
		return scene{object, owner}
	},
	steps: []step{
		{name: "WriteTo", do: func(o any) (any, error) {
			c := o.(net.PacketConn) // to itself
			return c.WriteTo([]byte("hello"), c.LocalAddr())
		}},
		{name: "ReadFrom", do: receive},
	},
	asleep: step{name: "ReadFrom that sleeps", do: receive},
}

func receive(o any) (any, error) {
	p := make([]byte, 10)
	n, _, err := o.(net.PacketConn).ReadFrom(p)
	return string(p[:n]), err
}

var filePlay = play{
	name: "file",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		f, err := os.OpenFile(filepath.Join(t.TempDir(), "f"), os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		object, owner := wrap(strictFile{f, w})
		return scene{object, owner}
	},
	steps: []step{
		{name: "Write", do: func(o any) (any, error) { return o.(io.Writer).Write([]byte("0123456789")) }},
		{name: "WriteString", do: func(o any) (any, error) { return o.(io.StringWriter).WriteString("abcdef") }},
		{name: "WriteAt", do: func(o any) (any, error) { return o.(io.WriterAt).WriteAt([]byte("X"), 3) }},
		{name: "ReadFrom", do: func(o any) (any, error) { return o.(io.ReaderFrom).ReadFrom(strings.NewReader("!")) }},
		{name: "Sync", do: func(o any) (any, error) { return nil, o.(interface{ Sync() error }).Sync() }},
		{name: "ReadAt", do: func(o any) (any, error) {
			p := make([]byte, 5)
			n, err := o.(io.ReaderAt).ReadAt(p, 1)
			return string(p[:n]), err
		}},
		{name: "Stat", do: func(o any) (any, error) {
			info, err := o.(fs.File).Stat()
			if err != nil {
				return nil, err
			}
			return info.Size(), nil
		}},
		{name: "Seek", do: func(o any) (any, error) { return o.(io.Seeker).Seek(1, io.SeekStart) }},
		{name: "Read", do: readFull(4)},
		{name: "WriteTo", do: func(o any) (any, error) {
			var b strings.Builder
			_, err := o.(io.WriterTo).WriteTo(&b)
			return b.String(), err
		}},
		{name: "Truncate", do: func(o any) (any, error) { return nil, o.(interface{ Truncate(int64) error }).Truncate(3) }},
		{name: "Read at the end", do: readFull(1)},
		{name: "SyscallConn", do: func(o any) (any, error) {
			raw, err := o.(syscall.Conn).SyscallConn()
			if err != nil {
				return nil, err
			}
			called := false
			err = raw.Control(func(uintptr) { called = true })
			return called, err
		}},
	},
}

var dirPlay = play{
	name: "directory",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		dir := t.TempDir()
		if err := os.CopyFS(dir, tree); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		object, owner := wrap(strictFile{f, w})
		return scene{object, owner}
	},
	steps: []step{
		{name: "ReadDir", do: func(o any) (any, error) { return names(o.(fs.ReadDirFile).ReadDir(1)) }},
		{name: "ReadDir again", do: func(o any) (any, error) { return names(o.(fs.ReadDirFile).ReadDir(5)) }},
		{name: "ReadDir at the end", do: func(o any) (any, error) { return names(o.(fs.ReadDirFile).ReadDir(1)) }},
	},
}

func names(entries []fs.DirEntry, err error) (any, error) {
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

var fsPlay = play{
	name: "file system",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		object, owner := wrap(strictFS{tree, w})
		return scene{object, owner}
	},
	steps: []step{
		{name: "Open", do: func(o any) (any, error) {
			f, err := o.(fs.FS).Open("a")
			if err != nil {
				return nil, err
			}
			return "a file", f.Close()
		}},
		{name: "Open what is not there", do: func(o any) (any, error) { return o.(fs.FS).Open("z") }},
		{name: "ReadFile", do: func(o any) (any, error) { return fs.ReadFile(o.(fs.FS), "a") }},
		{name: "Stat", do: func(o any) (any, error) { return nothing(fs.Stat(o.(fs.FS), "a")) }},
		{name: "Lstat", do: func(o any) (any, error) { return nothing(fs.Lstat(o.(fs.FS), "a")) }},
		{name: "ReadLink", do: func(o any) (any, error) { return fs.ReadLink(o.(fs.FS), "a") }},
		{name: "Glob", do: func(o any) (any, error) { return fs.Glob(o.(fs.FS), "*") }},
		{name: "ReadDir", do: func(o any) (any, error) { return names(fs.ReadDir(o.(fs.FS), ".")) }},
		{name: "Sub", do: func(o any) (any, error) {
			sub, err := fs.Sub(o.(fs.FS), "b")
			if err != nil {
				return nil, err
			}
			return fs.ReadFile(sub, "c")
		}},
	},
}

func nothing(_ any, err error) (any, error) { return nil, err }

var terminalPlay = play{
	name: "terminal",
	make: func(t *testing.T, w *witness, wrap wrapper) scene {
		master := terminal(t)
		object, owner := wrap(strictFile{master, w})
		return scene{object, owner}
	},
	steps: []step{
		{name: "Write", do: func(o any) (any, error) { return o.(io.Writer).Write([]byte("hi\n")) }},
		{name: "Read the echo", do: readFull(4)},
	},
	asleep: step{name: "Read that sleeps", do: readFull(1)},
}
