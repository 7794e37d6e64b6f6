//revlint:package github.com/fsnotify/fsnotify also gopkg.in/fsnotify.v1 gopkg.in/fsnotify/fsnotify.v1
package fsnotify

// M78, by Watcher.Close: it removes all watches and closes the channel of events; until then
// the watcher holds a descriptor of the system, and a goroutine that reads from it.
//
//revlint:acquire _ guard w if err == nil
func NewWatcher() (w *Watcher, err error)

//revlint:acquire _ guard w if err == nil
func NewBufferedWatcher(sz uint) (w *Watcher, err error)

//revlint:release w idempotent
func (w *Watcher) Close() error
