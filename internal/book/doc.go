// Package book has the tests of the documentation as a whole: that its links lead somewhere, that its index has
// every page, that each analyzer stands wherever it must, and that figures are those of the data they sum up.
//
// Pages that show commands or code are tested where these can be run: TestBook in cmd/revlint, TestDocumentedExamples
// in analyzers, TestRuntimePageShowsExamples in revocable.
package book
