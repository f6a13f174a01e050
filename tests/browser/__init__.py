"""Tests of the workbook in a real browser; a package, so that its file names are its own."""
