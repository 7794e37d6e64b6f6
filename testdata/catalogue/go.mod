module github.com/revlint/revlint/testdata/catalogue

go 1.26.0
