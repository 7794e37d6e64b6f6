// Package revleak holds programs that forget to end an access on some path,
// and programs that end it on all of them, or leave it to others.
package revleak

import (
	"errors"

	"github.com/revlint/revlint/revocable"
)

var errGone = errors.New("link is gone")

type link struct {
	up    bool
	speed int
	queue []packet
	stats map[string]int
}

type packet struct {
	dst     string
	payload []byte
}

type handle = revocable.Handle[link]

func (l *link) send(p packet) error {
	if !l.up {
		return errors.New("link is down")
	}
	l.queue = append(l.queue, p)
	return nil
}

func (l *link) negotiate() (int, error) {
	if l.speed == 0 {
		return 0, errors.New("no speed")
	}
	return l.speed, nil
}
