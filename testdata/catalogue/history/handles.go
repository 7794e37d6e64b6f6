package history

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"

	"github.com/containerd/containerd/v2/core/content"
	"github.com/edsrzf/mmap-go"
	"github.com/opencontainers/go-digest"
	"github.com/quic-go/quic-go"
	"github.com/redis/go-redis/v9"
	"github.com/syndtr/goleveldb/leveldb"
)

// syncthing/syncthing#10615: where the last bytes cannot be written, Close is named and not called.
func syncthingStoreBefore(name string, records [][]byte) error {
	fd, err := os.Create(name + ".tmp") // want revleak
	if err != nil {
		return err
	}
	bw := bufio.NewWriter(fd)
	for _, r := range records {
		if _, err := bw.Write(r); err != nil {
			_ = fd.Close()
			return err
		}
	}
	if err := bw.Flush(); err != nil {
		_ = fd.Close
		return err
	}
	if err := fd.Close(); err != nil {
		return err
	}
	return os.Rename(fd.Name(), name)
}

func syncthingStoreAfter(name string, records [][]byte) error {
	fd, err := os.Create(name + ".tmp")
	if err != nil {
		return err
	}
	bw := bufio.NewWriter(fd)
	for _, r := range records {
		if _, err := bw.Write(r); err != nil {
			_ = fd.Close()
			return err
		}
	}
	if err := bw.Flush(); err != nil {
		_ = fd.Close()
		return err
	}
	if err := fd.Close(); err != nil {
		return err
	}
	return os.Rename(fd.Name(), name)
}

// syncthing/syncthing#7266: the file with the size of the memory stays open.
func syncthingMemoryBefore() string {
	f, err := os.Open("/proc/meminfo") // want revleak
	if err != nil {
		return ""
	}
	s := bufio.NewScanner(f)
	if !s.Scan() {
		return ""
	}
	return s.Text()
}

func syncthingMemoryAfter() string {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return ""
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	if !s.Scan() {
		return ""
	}
	return s.Text()
}

type syncthingSession struct {
	*quic.Conn
	stream *quic.Stream
	own    net.PacketConn
}

// syncthing/syncthing#5768: the socket beneath a session is closed with nothing once the session is there.
func syncthingDialBefore(ctx context.Context, addr net.Addr, shared net.PacketConn) (*syncthingSession, error) {
	var conn net.PacketConn
	closeConn := false
	if shared != nil {
		conn = shared
	} else {
		if pc, err := net.ListenPacket("udp", ":0"); err != nil { // want revleak
			return nil, err
		} else {
			closeConn = true
			conn = pc
		}
	}
	session, err := quic.Dial(ctx, conn, addr, nil, nil)
	if err != nil {
		if closeConn {
			_ = conn.Close()
		}
		return nil, err
	}
	stream, err := session.OpenStreamSync(ctx)
	if err != nil {
		_ = session.CloseWithError(0, "")
		if closeConn {
			_ = conn.Close()
		}
		return nil, err
	}
	return &syncthingSession{Conn: session, stream: stream}, nil
}

func syncthingDialAfter(ctx context.Context, addr net.Addr, shared net.PacketConn) (*syncthingSession, error) {
	var conn, created net.PacketConn
	if shared != nil {
		conn = shared
	} else {
		if pc, err := net.ListenPacket("udp", ":0"); err != nil {
			return nil, err
		} else {
			conn, created = pc, pc
		}
	}
	session, err := quic.Dial(ctx, conn, addr, nil, nil)
	if err != nil {
		if created != nil {
			_ = created.Close()
		}
		return nil, err
	}
	stream, err := session.OpenStreamSync(ctx)
	if err != nil {
		_ = session.CloseWithError(0, "")
		if created != nil {
			_ = created.Close()
		}
		return nil, err
	}
	return &syncthingSession{Conn: session, stream: stream, own: created}, nil
}

type syncthingReleaser struct{ done func() }

func (r *syncthingReleaser) Release() { r.done() }

func syncthingNewReleaser(closing *bool) (*syncthingReleaser, error) {
	if *closing {
		return nil, errClosed
	}
	return &syncthingReleaser{func() {}}, nil
}

type syncthingSnapshot struct {
	snap *leveldb.Snapshot
	rel  *syncthingReleaser
}

// syncthing/syncthing#6331: a database that is closing leaves its snapshot.
func syncthingSnapshotBefore(db *leveldb.DB, closing *bool) (syncthingSnapshot, error) {
	snap, err := db.GetSnapshot() // want revleak
	if err != nil {
		return syncthingSnapshot{}, err
	}
	rel, err := syncthingNewReleaser(closing)
	if err != nil {
		return syncthingSnapshot{}, err
	}
	return syncthingSnapshot{snap: snap, rel: rel}, nil
}

func syncthingSnapshotAfter(db *leveldb.DB, closing *bool) (syncthingSnapshot, error) {
	rel, err := syncthingNewReleaser(closing)
	if err != nil {
		return syncthingSnapshot{}, err
	}
	snap, err := db.GetSnapshot()
	if err != nil {
		rel.Release()
		return syncthingSnapshot{}, err
	}
	return syncthingSnapshot{snap: snap, rel: rel}, nil
}

// restic/restic 15d73133: what should be a folder, and is not, stays open.
func resticVisitBefore(dir string, onlyFolders bool, fn func(os.FileInfo) error) error {
	d, err := os.Open(filepath.Clean(dir)) // want revleak
	if err != nil {
		return err
	}
	if onlyFolders {
		fi, err := d.Stat()
		if err != nil || !fi.IsDir() {
			return err
		}
	}
	sub, err := d.Readdir(-1)
	if err != nil {
		_ = d.Close()
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	for _, fi := range sub {
		if err := fn(fi); err != nil {
			return err
		}
	}
	return nil
}

func resticVisitAfter(dir string, onlyFolders bool, fn func(os.FileInfo) error) error {
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	if onlyFolders {
		fi, err := d.Stat()
		if err != nil || !fi.IsDir() {
			_ = d.Close()
			return err
		}
	}
	sub, err := d.Readdir(-1)
	if err != nil {
		_ = d.Close()
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	for _, fi := range sub {
		if err := fn(fi); err != nil {
			return err
		}
	}
	return nil
}

type resticFS interface {
	OpenFile(name string, flag int, perm os.FileMode) (resticFile, error)
}

type resticFile interface {
	io.Reader
	io.Closer
	Stat() (os.FileInfo, error)
}

type resticLocal struct{}

func (resticLocal) OpenFile(name string, flag int, perm os.FileMode) (resticFile, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// restic/restic a1356993: a file that became something else stays open. The file comes from an interface of the
// project, which revlint knows nothing of.
func resticSaveBefore(fsys resticFS, name string, failed func(error) error, save func(resticFile)) error {
	file, err := fsys.OpenFile(name, os.O_RDONLY, 0) // missed: revleak
	if err != nil {
		return failed(err)
	}
	fi, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return failed(err)
	}
	if !fi.Mode().IsRegular() {
		return failed(errors.New("changed type"))
	}
	save(file)
	return nil
}

func resticSaveAfter(fsys resticFS, name string, failed func(error) error, save func(resticFile)) error {
	file, err := fsys.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return failed(err)
	}
	fi, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return failed(err)
	}
	if !fi.Mode().IsRegular() {
		_ = file.Close()
		return failed(errors.New("changed type"))
	}
	save(file)
	return nil
}

// restic/restic c0fca3f5: each blob that is verified opens the file again, and nobody closes it.
func resticVerifyBefore(target string, blobs [][]byte) error {
	offset := int64(0)
	for _, blob := range blobs {
		rd, err := os.Open(target) // want revleak
		if err != nil {
			return err
		}
		buf := make([]byte, len(blob))
		_, err = rd.ReadAt(buf, offset)
		if err != nil {
			return err
		}
		if !bytes.Equal(blob, buf) {
			return fmt.Errorf("unexpected contents at %d", offset)
		}
		offset += int64(len(blob))
	}
	return nil
}

func resticVerifyAfter(target string, blobs [][]byte) error {
	file, err := os.Open(target)
	if err != nil {
		return err
	}
	offset := int64(0)
	for _, blob := range blobs {
		buf := make([]byte, len(blob))
		_, err = file.ReadAt(buf, offset)
		if err != nil {
			_ = file.Close()
			return err
		}
		if !bytes.Equal(blob, buf) {
			_ = file.Close()
			return fmt.Errorf("unexpected contents at %d", offset)
		}
		offset += int64(len(blob))
	}
	return file.Close()
}

// etcd-io/etcd c504fed5: a snapshot that does not arrive whole leaves the file.
func etcdSaveBefore(path string, snapshot func() (io.ReadCloser, error)) error {
	var f *os.File
	f, err := os.OpenFile(path+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // want revleak
	if err != nil {
		return fmt.Errorf("could not open: %w", err)
	}
	rc, err := snapshot()
	if err != nil {
		return err
	}
	defer rc.Close()
	size, err := io.Copy(f, rc)
	if err != nil {
		return err
	}
	if size%512 != 32 {
		return errors.New("no checksum")
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

func etcdSaveAfter(path string, snapshot func() (io.ReadCloser, error), failed func(error)) error {
	f, err := os.OpenFile(path+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("could not open: %w", err)
	}
	defer func() {
		err = f.Close()
		if err != nil && !errors.Is(err, os.ErrClosed) {
			failed(err)
		}
	}()
	rc, err := snapshot()
	if err != nil {
		return err
	}
	defer rc.Close()
	size, err := io.Copy(f, rc)
	if err != nil {
		return err
	}
	if size%512 != 32 {
		return errors.New("no checksum")
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// containerd/containerd 6ce0f6a2: what cannot be copied to its end leaves the writer, and its reference locked.
// What copies commits the writer where it succeeds, and that closes it. Where a callee releases on some ways,
// revlint says nothing.
func containerdJSONBefore(ctx context.Context, cs content.Ingester, b []byte, dgst digest.Digest) error {
	w, err := content.OpenWriter(ctx, cs, content.WithRef("json-"+dgst.String())) // missed: revleak
	if err != nil {
		return err
	}
	if err := content.Copy(ctx, w, bytes.NewReader(b), int64(len(b)), dgst); err != nil {
		return err
	}
	return w.Close()
}

func containerdJSONAfter(ctx context.Context, cs content.Ingester, b []byte, dgst digest.Digest) error {
	w, err := content.OpenWriter(ctx, cs, content.WithRef("json-"+dgst.String()))
	if err != nil {
		return err
	}
	if err := content.Copy(ctx, w, bytes.NewReader(b), int64(len(b)), dgst); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// containerd/containerd 46be0693: a writer of the tests stays open.
func containerdAppendBefore(ctx context.Context, cs content.Store, b []byte, dgst digest.Digest) error {
	w, err := cs.Writer(ctx, content.WithRef("append")) // want revleak
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Commit(ctx, int64(len(b)), dgst)
}

func containerdAppendAfter(ctx context.Context, cs content.Store, b []byte, dgst digest.Digest) error {
	w, err := cs.Writer(ctx, content.WithRef("append"))
	if err != nil {
		return err
	}
	defer w.Close()
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Commit(ctx, int64(len(b)), dgst)
}

type containerdWriter struct {
	fp     *os.File
	offset int64
}

// containerd/containerd 9dfbcbbc: a file in which the place cannot be found stays open.
func containerdResumeBefore(data string, offset int64) (*containerdWriter, error) {
	fp, err := os.OpenFile(data, os.O_WRONLY|os.O_CREATE, 0o666) // want revleak
	if err != nil {
		return nil, err
	}
	if _, err := fp.Seek(offset, io.SeekStart); err != nil {
		return nil, err
	}
	return &containerdWriter{fp: fp, offset: offset}, nil
}

func containerdResumeAfter(data string, offset int64) (*containerdWriter, error) {
	fp, err := os.OpenFile(data, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if _, err := fp.Seek(offset, io.SeekStart); err != nil {
		fp.Close()
		return nil, err
	}
	return &containerdWriter{fp: fp, offset: offset}, nil
}

// containerd/containerd db124c56: a file whose mode cannot be set stays open.
func containerdUnpackBefore(name string, flag int, perm os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag, perm) // want revleak
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(name, perm); err != nil {
		return nil, err
	}
	return f, err
}

func containerdUnpackAfter(name string, flag int, perm os.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(name, perm); err != nil {
		f.Close()
		return nil, err
	}
	return f, err
}

// containerd/containerd 5e4acc04: a loop device to which nothing can be tied stays open.
func containerdLoopBefore(backing, dev string, set func(dev, back uintptr) error) (*os.File, error) {
	back, err := os.OpenFile(backing, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer back.Close()
	loop, err := os.OpenFile(dev, os.O_RDWR, 0) // want revleak
	if err != nil {
		return nil, err
	}
	if err := set(loop.Fd(), back.Fd()); err != nil {
		return nil, err
	}
	return loop, nil
}

func containerdLoopAfter(backing, dev string, set func(dev, back uintptr) error) (_ *os.File, retErr error) {
	back, err := os.OpenFile(backing, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer back.Close()
	loop, err := os.OpenFile(dev, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer func() {
		if retErr != nil {
			loop.Close()
		}
	}()
	if err := set(loop.Fd(), back.Fd()); err != nil {
		return nil, err
	}
	return loop, nil
}

// containerd/containerd 05ef2fe2: a shim that does not start leaves the file of its socket. The file is in the
// command by then, and who has the command might close it.
func containerdShimBefore(socket *net.UnixListener, cmd *exec.Cmd) error {
	f, err := socket.File() // missed: revleak
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait()
	return nil
}

func containerdShimAfter(socket *net.UnixListener, cmd *exec.Cmd) error {
	f, err := socket.File()
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, f)
	if err := cmd.Start(); err != nil {
		f.Close()
		return err
	}
	go cmd.Wait()
	return nil
}

type rcloneConn struct{ session io.Closer }

// rclone/rclone#9678: a server with which nothing can be agreed leaves the connection.
func rcloneDialBefore(ctx context.Context, d *net.Dialer, addr string, reveal func() (string, error), start func(context.Context, net.Conn, string) (io.Closer, error)) (*rcloneConn, error) {
	tconn, err := d.DialContext(ctx, "tcp", addr) // want revleak
	if err != nil {
		return nil, err
	}
	pass, err := reveal()
	if err != nil {
		return nil, err
	}
	session, err := start(ctx, tconn, pass)
	if err != nil {
		return nil, err
	}
	return &rcloneConn{session}, nil
}

func rcloneDialAfter(ctx context.Context, d *net.Dialer, addr string, reveal func() (string, error), start func(context.Context, net.Conn, string) (io.Closer, error)) (c *rcloneConn, err error) {
	tconn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = tconn.Close()
		}
	}()
	pass, err := reveal()
	if err != nil {
		return nil, err
	}
	session, err := start(ctx, tconn, pass)
	if err != nil {
		return nil, err
	}
	return &rcloneConn{session}, nil
}

// influxdata/telegraf#13833: a temporary file is used by its name, and stays open.
func telegrafSysstatBefore(collect func(name string) error, parse func(name string) error) error {
	tmp, err := os.CreateTemp("", "sysstat-*") // want revleak
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := collect(tmp.Name()); err != nil {
		return err
	}
	return parse(tmp.Name())
}

func telegrafSysstatAfter(collect func(name string) error, parse func(name string) error) error {
	tmp, err := os.CreateTemp("", "sysstat-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	if err := collect(tmp.Name()); err != nil {
		return err
	}
	return parse(tmp.Name())
}

// thanos-io/thanos#1462: a file of which the sum is taken stays open.
func thanosHashBefore(h hash.Hash, name string) error {
	f, err := os.Open(name) // want revleak
	if err != nil {
		return err
	}
	if _, err := h.Write([]byte(name)); err != nil {
		return err
	}
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	return nil
}

func thanosHashAfter(h hash.Hash, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := h.Write([]byte(name)); err != nil {
		return err
	}
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	return nil
}

// gofiber/fiber#3579: what is asked whether it is a file stays open.
func fiberIsFileBefore(root string, fsys fs.FS) (bool, error) {
	var file fs.File
	var err error
	if fsys != nil {
		file, err = fsys.Open(root) // want revleak
		if err != nil {
			return false, fmt.Errorf("static: %w", err)
		}
	} else {
		file, err = os.Open(filepath.Clean(root)) // want revleak
		if err != nil {
			return false, fmt.Errorf("static: %w", err)
		}
	}
	stat, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("static: %w", err)
	}
	return stat.Mode().IsRegular(), nil
}

func fiberIsFileAfter(root string, fsys fs.FS) (bool, error) {
	var file fs.File
	var err error
	if fsys != nil {
		file, err = fsys.Open(root)
		if err != nil {
			return false, fmt.Errorf("static: %w", err)
		}
		defer func() { _ = file.Close() }()
	} else {
		file, err = os.Open(filepath.Clean(root))
		if err != nil {
			return false, fmt.Errorf("static: %w", err)
		}
		defer func() { _ = file.Close() }()
	}
	stat, err := file.Stat()
	if err != nil {
		return false, fmt.Errorf("static: %w", err)
	}
	return stat.Mode().IsRegular(), nil
}

// gofiber/fiber#3197: an upload that is stored stays open.
func fiberStoreBefore(h *multipart.FileHeader, path string, set func(string, []byte) error) error {
	file, err := h.Open() // want revleak
	if err != nil {
		return fmt.Errorf("failed to open: %w", err)
	}
	b, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("failed to read: %w", err)
	}
	return set(path, b)
}

func fiberStoreAfter(h *multipart.FileHeader, path string, set func(string, []byte) error) error {
	file, err := h.Open()
	if err != nil {
		return fmt.Errorf("failed to open: %w", err)
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("failed to read: %w", err)
	}
	return set(path, b)
}

func minioStream(name string, offset, length int64) (io.ReadCloser, error) {
	fr, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	st, err := fr.Stat()
	if err != nil {
		fr.Close()
		return nil, err
	}
	if !st.Mode().IsRegular() {
		fr.Close()
		return nil, errors.New("not regular")
	}
	if offset > 0 {
		if _, err = fr.Seek(offset, io.SeekStart); err != nil {
			fr.Close()
			return nil, err
		}
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(fr, length), fr}, nil
}

// minio/minio#16024: what is read from the cache to be verified stays open.
func minioVerifyBefore(name string, w io.Writer, sums [][]byte) error {
	rc, err := minioStream(name, 32, 1<<20) // want revleak
	if err != nil {
		return err
	}
	block := make([]byte, 1024)
	for _, sum := range sums {
		if _, err := io.ReadFull(rc, block); err != nil {
			return err
		}
		if s := sha256.Sum256(block); !bytes.Equal(s[:], sum) {
			return errors.New("corrupt")
		}
		if _, err := w.Write(block); err != nil {
			return err
		}
	}
	return nil
}

func minioVerifyAfter(name string, w io.Writer, sums [][]byte) error {
	rc, err := minioStream(name, 32, 1<<20)
	if err != nil {
		return err
	}
	defer rc.Close()
	block := make([]byte, 1024)
	for _, sum := range sums {
		if _, err := io.ReadFull(rc, block); err != nil {
			return err
		}
		if s := sha256.Sum256(block); !bytes.Equal(s[:], sum) {
			return errors.New("corrupt")
		}
		if _, err := w.Write(block); err != nil {
			return err
		}
	}
	return nil
}

type gethTable struct{ index, meta *os.File }

func gethAppend(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if _, err = file.Seek(0, io.SeekEnd); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func gethReadOnly(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY, 0o644)
}

func gethMeta(f *os.File) (int64, error) {
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

// ethereum/go-ethereum#34735: a table whose second file cannot be opened leaves the first.
func gethTableBefore(path string, readonly bool) (*gethTable, error) {
	var (
		err         error
		index, meta *os.File
	)
	if readonly {
		index, err = gethReadOnly(path + ".idx") // want revleak
		if err != nil {
			return nil, err
		}
		meta, err = gethReadOnly(path + ".meta") // want revleak
		if err != nil {
			return nil, err
		}
	} else {
		index, err = gethAppend(path + ".idx") // want revleak
		if err != nil {
			return nil, err
		}
		meta, err = gethAppend(path + ".meta") // want revleak
		if err != nil {
			return nil, err
		}
	}
	if _, err := gethMeta(meta); err != nil {
		return nil, err
	}
	return &gethTable{index, meta}, nil
}

func gethTableAfter(path string, readonly bool) (*gethTable, error) {
	var (
		err         error
		index, meta *os.File
	)
	if readonly {
		index, err = gethReadOnly(path + ".idx")
		if err != nil {
			return nil, err
		}
		meta, err = gethReadOnly(path + ".meta")
		if err != nil {
			index.Close()
			return nil, err
		}
	} else {
		index, err = gethAppend(path + ".idx")
		if err != nil {
			return nil, err
		}
		meta, err = gethAppend(path + ".meta")
		if err != nil {
			index.Close()
			return nil, err
		}
	}
	if _, err := gethMeta(meta); err != nil {
		meta.Close()
		index.Close()
		return nil, err
	}
	return &gethTable{index, meta}, nil
}

// prometheus/prometheus#13948: a file that cannot be mapped stays open.
func prometheusMapBefore(name string, size int) ([]byte, io.Closer, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o666) // want revleak
	if err != nil {
		return nil, nil, err
	}
	err = file.Truncate(int64(size))
	if err != nil {
		return nil, nil, err
	}
	b, err := mmap.Map(file, mmap.RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	return b, file, err
}

func prometheusMapAfter(name string, size int) ([]byte, io.Closer, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, nil, err
	}
	err = file.Truncate(int64(size))
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	b, err := mmap.Map(file, mmap.RDWR, 0)
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return b, file, err
}

// prometheus/prometheus#11148: a log of queries stays open.
func prometheusQueriesBefore(name string, size int, say func(string)) {
	if _, err := os.Stat(name); err == nil {
		fd, err := os.Open(name) // want revleak
		if err != nil {
			say("failed to open")
			return
		}
		b := make([]byte, size)
		if _, err = fd.Read(b); err != nil {
			say("failed to read")
			return
		}
		say(string(b))
	}
}

func prometheusQueriesAfter(name string, size int, say func(string)) {
	if _, err := os.Stat(name); err == nil {
		fd, err := os.Open(name)
		if err != nil {
			say("failed to open")
			return
		}
		defer fd.Close()
		b := make([]byte, size)
		if _, err = fd.Read(b); err != nil {
			say("failed to read")
			return
		}
		say(string(b))
	}
}

type prometheusMapper struct {
	dir   *os.File
	files map[int]string
}

func (m *prometheusMapper) open() error {
	if len(m.files) > 10 {
		return errors.New("too many")
	}
	return nil
}

// prometheus/prometheus 2218fefc: chunks that cannot be mapped leave the folder open.
func prometheusMapperBefore(dir string) (*prometheusMapper, error) {
	d, err := os.Open(dir) // want revleak
	if err != nil {
		return nil, err
	}
	m := &prometheusMapper{dir: d, files: map[int]string{}}
	if err := m.open(); err != nil {
		return nil, err
	}
	return m, nil
}

func prometheusMapperAfter(dir string) (*prometheusMapper, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	m := &prometheusMapper{dir: d, files: map[int]string{}}
	if err := m.open(); err != nil {
		err = errors.Join(err, m.dir.Close())
		return nil, err
	}
	return m, nil
}

func prometheusSync(f *os.File) error { return f.Sync() }

// prometheus/tsdb 03f95ee0: a folder that is synced stays open.
func prometheusRenameBefore(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	pdir, err := os.Open(filepath.Dir(to)) // want revleak
	if err != nil {
		return err
	}
	if err = prometheusSync(pdir); err != nil {
		return err
	}
	return pdir.Close()
}

func prometheusRenameAfter(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	pdir, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	defer pdir.Close()
	if err = prometheusSync(pdir); err != nil {
		return err
	}
	return pdir.Close()
}

// nats-io/nats-server ebb84ae5: a block that cannot be compressed leaves the temporary file.
func natsCompressBefore(name string, orig []byte, compress func([]byte) ([]byte, error)) error {
	tmp, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640) // want revleak
	if err != nil {
		return fmt.Errorf("failed to create: %w", err)
	}
	buf, err := compress(orig)
	if err != nil {
		return fmt.Errorf("failed to compress: %w", err)
	}
	cleanup := func(err error) error {
		tmp.Close()
		os.Remove(name)
		return err
	}
	if n, err := tmp.Write(buf); err != nil {
		return cleanup(err)
	} else if n != len(buf) {
		return cleanup(errors.New("short write"))
	}
	if err := tmp.Sync(); err != nil {
		return cleanup(err)
	}
	if err := tmp.Close(); err != nil {
		return cleanup(err)
	}
	return nil
}

func natsCompressAfter(name string, orig []byte, compress func([]byte) ([]byte, error)) error {
	tmp, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("failed to create: %w", err)
	}
	cleanup := func(err error) error {
		tmp.Close()
		os.Remove(name)
		return err
	}
	buf, err := compress(orig)
	if err != nil {
		return cleanup(fmt.Errorf("failed to compress: %w", err))
	}
	if n, err := tmp.Write(buf); err != nil {
		return cleanup(err)
	} else if n != len(buf) {
		return cleanup(errors.New("short write"))
	}
	if err := tmp.Sync(); err != nil {
		return cleanup(err)
	}
	if err := tmp.Close(); err != nil {
		return cleanup(err)
	}
	return nil
}

// moby/buildkit b94bdb0b: each key that is read stays open.
func buildkitKeysBefore(paths []string, add func([]byte) error) error {
	for _, p := range paths {
		if strings.HasSuffix(p, ".sock") {
			continue
		}
		f, err := os.Open(p) // want revleak
		if err != nil {
			return err
		}
		dt, err := io.ReadAll(&io.LimitedReader{R: f, N: 100 * 1024})
		if err != nil {
			return err
		}
		if err := add(dt); err != nil {
			return err
		}
	}
	return nil
}

func buildkitKeysAfter(paths []string, add func([]byte) error) error {
	for _, p := range paths {
		if strings.HasSuffix(p, ".sock") {
			continue
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		dt, err := io.ReadAll(&io.LimitedReader{R: f, N: 100 * 1024})
		_ = f.Close()
		if err != nil {
			return err
		}
		if err := add(dt); err != nil {
			return err
		}
	}
	return nil
}

// goharbor/harbor#20189: a file whose digest is taken stays open.
func harborDigestBefore(name string) (digest.Digest, error) {
	file, err := os.OpenFile(name, os.O_RDONLY, os.ModePerm) // want revleak
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return digest.NewDigest(digest.SHA256, h), nil
}

func harborDigestAfter(name string) (digest.Digest, error) {
	file, err := os.OpenFile(name, os.O_RDONLY, os.ModePerm)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return digest.NewDigest(digest.SHA256, h), nil
}

// hashicorp/nomad 3dcf60a6: a file whose first bytes tell its kind stays open.
func nomadKindBefore(info os.FileInfo, path string) (kind string) {
	kind = "application/octet-stream"
	if !info.IsDir() {
		f, err := os.Open(path) // want revleak
		if err == nil {
			b := make([]byte, 512)
			_, err := f.Read(b)
			if err == nil {
				kind = http.DetectContentType(b)
			}
		}
	}
	return kind
}

func nomadKindAfter(info os.FileInfo, path string) (kind string) {
	kind = "application/octet-stream"
	if !info.IsDir() {
		f, err := os.Open(path)
		if err == nil {
			b := make([]byte, 512)
			_, err := f.Read(b)
			if err == nil {
				kind = http.DetectContentType(b)
			}
			f.Close()
		}
	}
	return kind
}

// gravwell/gravwell 1136a1e3: a profile that cannot be written leaves its file.
func gravwellHeapBefore(dir string) {
	mem, err := os.Create(filepath.Join(dir, "mem.prof")) // want revleak
	if err != nil {
		return
	}
	var buf bytes.Buffer
	if err := pprof.WriteHeapProfile(&buf); err == nil {
		mem.Write(buf.Bytes())
		mem.Close()
	}
}

func gravwellHeapAfter(dir string) {
	mem, err := os.Create(filepath.Join(dir, "mem.prof"))
	if err != nil {
		return
	}
	defer mem.Close()
	var buf bytes.Buffer
	if err := pprof.WriteHeapProfile(&buf); err == nil {
		mem.Write(buf.Bytes())
	}
}

// hibiken/asynq#1095: a subscription that is not confirmed leaves its connection.
func asynqCancelationsBefore(ctx context.Context, c redis.UniversalClient) (*redis.PubSub, error) {
	ps := c.Subscribe(ctx, "asynq:cancel") // want revleak
	_, err := ps.Receive(ctx)
	if err != nil {
		return nil, fmt.Errorf("receive: %w", err)
	}
	return ps, nil
}

func asynqCancelationsAfter(ctx context.Context, c redis.UniversalClient) (*redis.PubSub, error) {
	ps := c.Subscribe(ctx, "asynq:cancel")
	_, err := ps.Receive(ctx)
	if err != nil {
		ps.Close()
		return nil, fmt.Errorf("receive: %w", err)
	}
	return ps, nil
}
