// Package zerolog has the examples for github.com/rs/zerolog.
package zerolog

import (
	"os"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/log"
)

// M36: the event was given back by Msg.
func twice(l *zerolog.Logger) {
	e := l.Info()
	e.Msg("once")
	e.Msg("twice") // want revrelease
}

// M36: logged once.
func once(l *zerolog.Logger) {
	l.Info().Str("key", "value").Msg("once")
	e := l.Info()
	e = e.Int("n", 1)
	e.Send()
}

// M36: nothing is logged, for nobody sends it.
func notSent(l *zerolog.Logger, err error) {
	l.Error().Err(err).Str("key", "value") // want revleak
	log.Warn().Int("n", 1)                 // want revleak
}

// M36: the program goes on.
func notFatal(l *zerolog.Logger, name string) *os.File {
	f, err := os.Open(name)
	if err != nil {
		log.Fatal().Err(err) // want revleak
	}
	if f.Name() == "" {
		l.Fatal() // want revleak
	}
	return f
}

// M36: the program ends.
func fatal(name string) *os.File {
	f, err := os.Open(name)
	if err != nil {
		log.Fatal().Err(err).Str("name", name).Msg("not opened")
	}
	return f
}

// M36: what is filtered out need not be sent, and may be.
func ifEnabled(l *zerolog.Logger, costly func() string) {
	if e := l.Debug(); e.Enabled() {
		e.Str("state", costly()).Send()
	}
	e := l.Trace()
	if e.Enabled() {
		e = e.Str("state", costly())
	}
	e.Msg("state")
	l.Info().Discard()
}

// M36: nothing is to be logged: it is only asked whether it would be.
func isEnabled(l *zerolog.Logger) bool {
	if log.Trace().Enabled() {
		return true
	}
	enabled := l.Debug().Enabled()
	return enabled
}

// M36: sent, however it is put together.
func builtUp(l zerolog.Logger, err error) {
	e := l.Info()
	if err != nil {
		e = l.Error().Err(err)
	}
	e.Msg("done")
	send(l.Warn())
	defer log.Info().Msg("over")
	with(log.Info()).Msg("with")
}

func send(e *zerolog.Event) { e.Send() }

func with(e *zerolog.Event) *zerolog.Event { return e.Str("key", "value").Bool("yes", true) }
