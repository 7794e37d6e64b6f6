// Package selflock locks what it holds itself, and does what only looks like that
package selflock
