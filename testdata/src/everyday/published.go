package everyday

import (
	"errors"
	"io"
	"os"
)

// An object is put where it outlives the function, and filled then.

type album struct {
	imgs []*picture
	m    map[string]*picture
	one  *picture
}
type picture struct {
	n      int
	closer io.Closer
}

func (t *album) okPutFirst(path string) error {
	i := &picture{}
	t.imgs = append(t.imgs, i)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	i.closer = f
	return nil
}
func (t *album) okCall(path string) error {
	i := &picture{}
	t.imgs = append(t.imgs, i)
	return develop(i, path)
}
func (t *album) okMap(path string) error {
	i := &picture{}
	t.m[path] = i
	return develop(i, path)
}
func (t *album) okOne(path string) error {
	i := &picture{}
	t.one = i
	return develop(i, path)
}
func (t *album) okElement(path string) error {
	i := &picture{}
	t.imgs = append(t.imgs, i)
	err := develop(i, path)
	if err != nil {
		t.imgs[len(t.imgs)-1].n = 2
	}
	return err
}
func okChan(c chan *picture, path string) error {
	i := &picture{}
	c <- i
	return develop(i, path)
}
func okGlobal(path string) error {
	i := &picture{}
	everyPicture = append(everyPicture, i)
	return develop(i, path)
}
func okGlobalMap(path string) error {
	i := &picture{}
	pictures[path] = i
	return develop(i, path)
}
func okFunc(path string, reg func(*picture)) error {
	i := &picture{}
	reg(i)
	return develop(i, path)
}

var everyPicture []*picture
var pictures = map[string]*picture{}

func badKeptByNobody(path string) error {
	i := &picture{}
	return develop(i, path) // want revleak
}
func develop(i *picture, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	i.closer = f
	if _, err := f.Stat(); err != nil {
		return errors.New("x")
	}
	return nil
}
