module github.com/revlint/revlint/revocable

go 1.26.0
