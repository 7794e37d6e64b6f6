package revio_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing/fstest"

	"github.com/revlint/revlint/revocable"
	"github.com/revlint/revlint/revocable/revio"
)

// A connection is taken away while somebody sleeps in a Read.
func ExampleConn() {
	near, far := net.Pipe()
	defer far.Close()
	conn, owner := revio.Conn(near)
	go func() {
		_, _ = far.Write([]byte("hello"))
		owner.Revoke() // wakes the second Read
	}()
	b := make([]byte, 5)
	_, err := io.ReadFull(conn, b)
	fmt.Printf("%s, %v\n", b, err)
	_, err = conn.Read(b)
	fmt.Println(err)
	fmt.Println(errors.Is(err, revocable.ErrRevoked), errors.Is(err, net.ErrClosed))
	fmt.Println(conn.Close()) // that remains with whoever uses it
	// Output:
	// hello, <nil>
	// revio: read: revocable: resource revoked
	// true true
	// <nil>
}

// All files that were opened through a file system go with it.
func ExampleFS() {
	disk, owner := revio.FS(fstest.MapFS{"readme": {Data: []byte("hello")}})
	f, err := disk.Open("readme")
	if err != nil {
		fmt.Println(err)
		return
	}
	owner.Revoke() // the disk is pulled
	_, err = f.Read(make([]byte, 5))
	fmt.Println(err)
	_, err = disk.Open("readme")
	fmt.Println(errors.Is(err, os.ErrClosed))
	fmt.Println(f.Close())
	// Output:
	// revio: read: revocable: resource revoked
	// true
	// <nil>
}

// A connection on a bus fails when the bus goes, though its own owner does nothing.
func ExampleBehind() {
	bus := revocable.NewProvider(new(struct{ name string }))
	near, far := net.Pipe()
	defer far.Close()
	conn, _ := revio.Conn(near, revio.Behind(bus.Handle()))
	defer conn.Close()
	bus.Revoke()
	_, err := conn.Read(make([]byte, 1))
	fmt.Println(err)
	// Output: revio: read: revocable: resource revoked
}
