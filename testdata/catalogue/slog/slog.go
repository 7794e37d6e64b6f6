// Package slog has the examples for the standard library's log/slog.
package slog

import (
	"log/slog"
	"slices"
)

var seen [][]string

// S26: groups is the handler's.
func keeping() *slog.HandlerOptions {
	return &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			seen = append(seen, groups) // want revescape
			return a
		},
	}
}

// S26: a copy, or a look.
func copying() *slog.HandlerOptions {
	return &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) > 0 && groups[0] == "audit" {
				seen = append(seen, slices.Clone(groups))
			}
			return a
		},
	}
}
