//revlint:package github.com/spf13/afero
package afero

import "os"

// M96, by File and Fs: a file is an io.Closer, and used in place of those of package os. Only the debt is followed.
type Fs interface {
	//revlint:acquire _ guard f brief if err == nil
	Create(name string) (f File, err error)
	//revlint:acquire _ guard f brief if err == nil
	Open(name string) (f File, err error)
	//revlint:acquire _ guard f brief if err == nil
	OpenFile(name string, flag int, perm os.FileMode) (f File, err error)
}

// M96, by TempFile: it opens the file for reading and writing.
//
//revlint:acquire _ guard f brief if err == nil
func TempFile(fs Fs, dir, pattern string) (f File, err error)

//revlint:acquire _ guard f brief if err == nil
func (a Afero) TempFile(dir, pattern string) (f File, err error)
