//revlint:package os
package os

// S28, by File.Close: it renders the file unusable for I/O, and returns an error where
// it has been called already.
//
//revlint:acquire f brief if err == nil
func Open(name string) (f *File, err error)

//revlint:acquire f brief if err == nil
func Create(name string) (f *File, err error)

//revlint:acquire f brief if err == nil
func OpenFile(name string, flag int, perm FileMode) (f *File, err error)

//revlint:acquire f brief if err == nil
func CreateTemp(dir, pattern string) (f *File, err error)

//revlint:acquire f brief if err == nil
func OpenInRoot(dir, name string) (f *File, err error)

//revlint:release f idempotent
//revlint:always // a file that is nil or closed has an error to return
func (f *File) Close() error

//revlint:always // it is the name that Open was given
func (f *File) Name() string

// S67, by NewFile and File.Close: the descriptor is the file's from then on, and closed with it.
//
//revlint:acquire f
func NewFile(fd uintptr, name string) (f *File)

// S29, by File.Fd: the descriptor is valid only until the file is closed.
//
//revlint:borrow fd from f
func (f *File) Fd() (fd uintptr)

// S30, by Pipe: it gives two files. What is written to one is read from the other until it is
// closed, so one end is often closed while the other is in use elsewhere.
//
//revlint:acquire _ guard r if err == nil
//revlint:acquire _ guard w if err == nil
func Pipe() (r *File, w *File, err error)

// S31, by Root.Close: after it, methods of the Root return errors; files that were opened
// through it stay open.
//
//revlint:acquire r brief if err == nil
func OpenRoot(name string) (r *Root, err error)

//revlint:acquire child brief if err == nil
func (r *Root) OpenRoot(name string) (child *Root, err error)

//revlint:acquire f brief if err == nil
func (r *Root) Open(name string) (f *File, err error)

//revlint:acquire f brief if err == nil
func (r *Root) Create(name string) (f *File, err error)

//revlint:acquire f brief if err == nil
func (r *Root) OpenFile(name string, flag int, perm FileMode) (f *File, err error)

//revlint:release r idempotent
func (r *Root) Close() error

//revlint:always
func (r *Root) Name() string
