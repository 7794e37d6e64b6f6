// Package book has the tests of the documentation as a whole: that commands print what pages show, that links lead
// somewhere, that the index has every page, that each analyzer stands wherever it must, and that figures are those
// of the data they sum up.
//
// Code that pages show is tested where it can be run, too: TestDocumentedExamples in analyzers,
// TestRuntimePageShowsExamples in revocable.
package book
