module github.com/revlint/revlint/internal/bench

go 1.26.0

require (
	github.com/puzpuzpuz/xsync/v4 v4.5.0
	github.com/revlint/revlint/revocable v0.0.0
	golang.org/x/sys v0.49.0
)

replace github.com/revlint/revlint/revocable => ../../revocable
