// Package fsnotify has the examples for github.com/fsnotify/fsnotify.
package fsnotify

import "github.com/fsnotify/fsnotify"

// M78: the watcher is lost where the folder cannot be watched.
func watch(dir string) (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher() // want revleak
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		return nil, err
	}
	return w, nil
}

// M78: closed there.
func watched(dir string) (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// M78: a goroutine reads from it until it closes it.
func each(dir string, stop chan struct{}, fn func(fsnotify.Event)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	go func() {
		defer w.Close()
		for {
			select {
			case e := <-w.Events:
				fn(e)
			case <-stop:
				return
			}
		}
	}()
	return nil
}
