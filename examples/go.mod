module github.com/revlint/revlint/examples

go 1.26.0

require (
	github.com/creack/pty v1.1.24
	github.com/revlint/revlint/revocable v0.0.0
	golang.org/x/sys v0.49.0
	golang.org/x/term v0.47.0
)

replace github.com/revlint/revlint/revocable => ../revocable
