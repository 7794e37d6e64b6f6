// Package zerolog has the examples for github.com/rs/zerolog.
package zerolog

import "github.com/rs/zerolog"

// M36: the event was given back by Msg.
func twice(log *zerolog.Logger) {
	e := log.Info()
	e.Msg("once")
	e.Msg("twice") // want revrelease
}

// M36: logged once.
func once(log *zerolog.Logger) {
	log.Info().Str("key", "value").Msg("once")
	e := log.Info()
	e = e.Int("n", 1)
	e.Send()
}
